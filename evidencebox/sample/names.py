"""Pools of names for an invented city. Nobody here is a real person; nowhere a real place."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


CITY = "Port Marrow"
DEPARTMENT = "Port Marrow Police Department"
DOMAIN = "pmpd.example"
CITY_DOMAIN = "portmarrow.example"

FIRST_NAMES = _words(
    """Aaron Abigail Adrian Aisha Alan Alice Alicia Allison Amanda Amir Andrea Andrew Angela Anthony
    Antonio Ashley Austin Barbara Benjamin Beth Brandon Brenda Brian Brittany Bruce Camille Carl
    Carlos Carmen Carol Caroline Catherine Cedric Charles Cheryl Chloe Christine Christopher
    Claire Connor Corey Craig Crystal Curtis Cynthia Dana Daniel Darnell Darryl David Deborah
    Denise Dennis Derek Desmond Diana Diego Dominic Donna Douglas Edward Eileen Elena Elijah
    Elizabeth Emily Eric Erica Esther Ethan Eugene Evelyn Felicia Fernando Francis Frank Gabriel
    Gail Gary George Gerald Gloria Grace Gregory Gwendolyn Hannah Harold Hassan Heather Hector
    Helen Henry Holly Howard Ian Imani Irene Isaac Isabel Jacob Jamal James Jamie Janet Jasmine
    Jason Javier Jeffrey Jenna Jeremy Jerome Jessica Joanna Joel Jonathan Jordan Jorge Joseph
    Joshua Joyce Juan Judith Julia Justin Karen Katherine Keisha Keith Kelly Kendra Kenneth
    Kevin Kimberly Kristen Kyle Lamar Laura Lauren Lawrence Leah Leon Leonard Leroy Leslie Linda
    Lisa Logan Lorraine Louis Lucas Lydia Malik Marcus Margaret Maria Marilyn Mario Marlene
    Martin Marvin Matthew Maurice Megan Melissa Michael Michelle Miguel Miriam Mitchell Monica
    Morgan Nadia Nancy Natalie Nathan Neil Nicholas Nicole Nina Noah Nora Norman Olivia Omar
    Oscar Pamela Patrice Patricia Patrick Paul Paula Peter Philip Priya Quentin Rachel Ralph
    Ramona Randall Raymond Rebecca Regina Renee Ricardo Robert Roger Roland Rosa Roxanne Russell
    Ruth Ryan Samantha Samuel Sandra Sara Scott Sean Sergio Shannon Sharon Sheila Simon Sonia
    Stacy Stanley Stephanie Stephen Steven Stuart Susan Sylvia Tamara Tanya Teresa Terrence
    Theresa Thomas Timothy Tina Todd Tracy Travis Trevor Tyrone Valerie Vanessa Vernon Victor
    Vincent Virginia Wallace Walter Warren Wayne Wendy Wesley William Xavier Yolanda Yvonne
    Zachary"""
)

SURNAMES = _words(
    """Abernathy Acosta Adeyemi Albrecht Alvarado Ambrose Anders Aquino Archuleta Arroyo Atwater
    Avakian Babcock Bagley Baptiste Barrow Bautista Beaumont Bellamy Benavides Bergstrom Biddle
    Blackwell Bonilla Boudreau Bracken Brannigan Braxton Briscoe Broussard Bukowski Burgess
    Caballero Calloway Camacho Cardenas Carmody Castellano Chamberlain Chaudhry Chowdhury
    Cisneros Claiborne Colquitt Conklin Cordova Costello Crawley Cromwell Czarnecki Dahlberg
    Dandridge Delacroix Delgado Devereaux Diallo Dickerson Dombrowski Donahue Dougherty Dufresne
    Duckworth Eberhardt Echols Eldridge Ellsworth Escobedo Esposito Fairbanks Farrow Feldman
    Figueroa Fitzhugh Flanagan Forsythe Fontenot Frazier Fukuda Gallagher Galvez Garrison
    Gaskins Gebremariam Giordano Goodwin Gorman Granger Grayson Greenlee Grigsby Guerrero
    Gutierrez Haddad Halloran Hamilton Hargrove Harkness Hathaway Hawthorne Hernandez Hightower
    Hinojosa Holloway Huang Hutchins Ibarra Ingram Iverson Jablonski Jaramillo Jefferies
    Jorgensen Kamara Kaminski Kavanagh Keating Kellerman Kenyatta Kilgore Kirkland Kowalczyk
    Krueger Lancaster Langford Lassiter Lattimore Leblanc Ledbetter Lindqvist Lockhart Lombardi
    Lovelace Maddox Magana Mahoney Maldonado Mancini Marchetti Marquez Mathis Mbeki McAllister
    McBride McCluskey McDermott McGowan McIntyre Mendenhall Mercado Middleton Montague Montoya
    Moriarty Mulligan Nakamura Napier Navarro Nguyen Nettles Nordstrom Novak Oakley Obrecht
    Ocampo Odom Okafor Olmstead Orellana Ostrowski Overton Pacheco Paget Palermo Parrish
    Patterson Pellegrino Pendleton Petrakis Pickett Pinkney Pomeroy Prescott Pritchard Quarles
    Quintero Radcliffe Rafferty Ramsey Redmond Renfro Rhodes Ricketts Ridgeway Rinaldi Robichaux
    Rockwell Rosario Rothman Rutherford Saavedra Sadowski Salazar Santoro Savoy Schaefer
    Scoggins Sepulveda Sewell Shackleford Sheridan Silverman Singletary Skinner Sokolov
    Spaulding Stackhouse Stanton Stavros Stringer Sutherland Swanson Tarrant Tavares Thackeray
    Thibodeaux Thornton Toliver Toomey Trujillo Turnbull Underhill Upchurch Valdez Vandermeer
    Vargas Velasquez Villanueva Wadsworth Wainwright Walczak Wardlaw Weatherby Weinstein
    Whitaker Whitfield Wilkerson Winchester Winslow Woodruff Wozniak Yarbrough Yamada Zamora
    Zielinski Zimmerman"""
)

_HEADS = _words(
    "Alder Ash Bram Brook Carl Clay Crow Dun Elm Farn Garl Had Hart Hol Ken Lang Len Mar Nor Oak "
    "Pem Rad Ray Red Ros Sel Shel Stan Thorn Wal Wen Whit Win"
)
_TAILS = _words(
    "berg berry bourne bridge bury by cott croft dale den field ford gate ham hurst ley low man "
    "mere mond more ridge shaw stead thorpe ton wick worth"
)

COMPOUND_SURNAMES = tuple(head + tail for tail in _TAILS for head in _HEADS)
"""What the pool falls back on for rosters of thousands."""

CIVILIAN_SURNAMES = _words(
    """Aldous Amery Balfour Birdsong Bixby Bloodworth Brubaker Cadwell Catesby Clutterbuck Corrigan
    Dalrymple Dinsmore Drinkwater Eastlake Fennimore Fothergill Gainsbury Gladstone Goforth
    Hackett Haverford Hobday Inchbald Jessop Kettering Larkspur Lightbody Lovejoy Merriweather
    Mossbacher Nightingale Oldcastle Oxenham Pennyfeather Pettigrew Quackenbush Ravenscroft
    Rosewater Sandoval Satterfield Silvestri Spurling Stubbs Sweetwater Tattersall Thistlewood
    Tolliver Trelawney Tuttle Vanterpool Venables Wagstaff Wetherell Wigglesworth Wolcott Yancey
    Zeller"""
)
"""Surnames no officer has, so that a civilian is a trap only where the generator means it."""

NICKNAMES = {
    "William": "Bill",
    "Robert": "Bob",
    "James": "Jim",
    "Elizabeth": "Liz",
    "Margaret": "Peggy",
    "Katherine": "Kate",
    "Anthony": "Tony",
    "Michael": "Mike",
    "Edward": "Ned",
    "Thomas": "Tom",
    "Joseph": "Joe",
    "Patricia": "Trish",
    "Christopher": "Chris",
    "Daniel": "Danny",
    "Lawrence": "Larry",
    "Deborah": "Debbie",
    "Theresa": "Terry",
    "Francis": "Frank",
    "Steven": "Steve",
    "Timothy": "Tim",
}

STREETS = _words(
    "Gannet Cormorant Ropewalk Lantern Saltmarsh Copperfield Juniper Harrowgate Tidewater "
    "Chandlery Beacon Millrace Quarry Orchard Spindle Foundry Heron Larkin Bittern Causeway "
    "Kestrel Sycamore "
    "Windlass Anchor Thimble Marigold Pilot Fennel Osprey Cooperage"
)
STREET_KINDS = ("Street", "Avenue", "Road", "Lane", "Court", "Drive", "Place", "Terrace")

UNITS = (
    "Patrol District 1",
    "Patrol District 2",
    "Patrol District 3",
    "Patrol District 4",
    "Harbor Unit",
    "Narcotics",
    "Homicide",
    "Traffic",
    "Internal Affairs",
    "Intelligence",
    "Recruiting",
    "Training Academy",
    "Property and Evidence",
    "Youth Division",
    "Canine",
    "Special Events",
)

GANGS = ("Wharf Nine", "Eastlock Crew", "Ropewalk Boys", "Blue Dory", "Tannery Kings")
SCHOOLS = (
    "Harrowgate Elementary",
    "Beacon Middle School",
    "Saltmarsh Charter",
    "Pilot House Academy",
)
BANKS = ("Tidewater Savings", "Marrow Harbor Credit Union", "Foundry Federal", "First Lantern Bank")
