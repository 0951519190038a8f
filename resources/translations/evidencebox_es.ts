<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
 <context>
  <name>desk</name>
  <message>
   <source>%1 (%2 at once)</source>
   <translation>%1 (%2 a la vez)</translation>
  </message>
  <message>
   <source>%1 (you)</source>
   <translation>%1 (usted)</translation>
  </message>
  <message>
   <source>%1 a day</source>
   <translation>%1 al día</translation>
  </message>
  <message>
   <source>%1 a day · %2 left · about %3 working days</source>
   <translation>%1 al día · quedan %2 · unos %3 días de trabajo</translation>
  </message>
  <message>
   <source>%1 accepted · %2 only named</source>
   <translation>%1 aceptados · %2 solo nombrados</translation>
  </message>
  <message>
   <source>%1 acts</source>
   <translation>%1 actos</translation>
  </message>
  <message>
   <source>%1 already %2</source>
   <translation>%1 ya en %2</translation>
  </message>
  <message>
   <source>%1 and %2 overlap: two laptops assigned them. Number with another prefix, in a profile of your own.</source>
   <translation>%1 y %2 se solapan: dos portátiles los asignaron. Numere con otro prefijo, en un perfil propio.</translation>
  </message>
  <message>
   <source>%1 and %2 overlap: two laptops assigned them. Number with another prefix.</source>
   <translation>%1 y %2 se solapan: dos portátiles los asignaron. Numere con otro prefijo.</translation>
  </message>
  <message>
   <source>%1 are sealed</source>
   <translation>%1 están sellados</translation>
  </message>
  <message>
   <source>%1 can open the case now, with a passphrase of their own.</source>
   <translation>%1 ya puede abrir el caso, con su propia frase de contraseña.</translation>
  </message>
  <message>
   <source>%1 cannot be read: %2.</source>
   <translation>%1 no se puede leer: %2.</translation>
  </message>
  <message>
   <source>%1 cannot be shown: its file in the trove cannot be read (%2).</source>
   <translation>%1 no se puede mostrar: su archivo en el fondo no se puede leer (%2).</translation>
  </message>
  <message>
   <source>%1 cannot be shown: its file in the trove has changed since it was read. Verify the trove.</source>
   <translation>%1 no se puede mostrar: su archivo en el fondo ha cambiado desde que se leyó. Verifique el fondo.</translation>
  </message>
  <message>
   <source>%1 cannot be shown: the trove is not there; plug its drive in and try again, or, where it is mounted elsewhere, import it once more from there.</source>
   <translation>%1 no se puede mostrar: el fondo no está ahí; conecte su unidad e inténtelo de nuevo o, si está montada en otro lugar, impórtelo otra vez desde allí.</translation>
  </message>
  <message>
   <source>%1 cannot be written: %2.</source>
   <translation>%1 no se puede escribir: %2.</translation>
  </message>
  <message>
   <source>%1 cannot open this case any more. A copy of it that was made before still opens to them: another key for the case (evidencebox rotate) shuts that out for what comes.</source>
   <translation>%1 ya no puede abrir este caso. Una copia hecha antes sigue abriéndose para esa persona: otra clave para el caso (evidencebox rotate) lo impide para lo que venga.</translation>
  </message>
  <message>
   <source>%1 documents</source>
   <translation>%1 documentos</translation>
  </message>
  <message>
   <source>%1 documents for %2 queries, %3 with families.</source>
   <translation>%1 documentos para %2 consultas, %3 con sus familias.</translation>
  </message>
  <message>
   <source>%1 documents will be marked reviewed.</source>
   <translation>%1 documentos se marcarán como revisados.</translation>
  </message>
  <message>
   <source>%1 duplicates</source>
   <translation>%1 duplicados</translation>
  </message>
  <message>
   <source>%1 exhibits</source>
   <translation>%1 pruebas</translation>
  </message>
  <message>
   <source>%1 exists already; choose another name.</source>
   <translation>%1 ya existe; elija otro nombre.</translation>
  </message>
  <message>
   <source>%1 files need a look</source>
   <translation>%1 archivos requieren atención</translation>
  </message>
  <message>
   <source>%1 files, %2</source>
   <translation>%1 archivos, %2</translation>
  </message>
  <message>
   <source>%1 files/s</source>
   <translation>%1 archivos/s</translation>
  </message>
  <message>
   <source>%1 for %2</source>
   <translation>%1 para %2</translation>
  </message>
  <message>
   <source>%1 has no backups of its own.</source>
   <translation>%1 no tiene copias de seguridad propias.</translation>
  </message>
  <message>
   <source>%1 has no column “%2”; it has: %3.</source>
   <translation>%1 no tiene la columna «%2»; tiene: %3.</translation>
  </message>
  <message>
   <source>%1 has no header line with a column for the last name (or the whole name); add one, or say which column is which.</source>
   <translation>%1 no tiene una línea de títulos con una columna para el apellido (o el nombre completo); añada una, o diga qué columna es cuál.</translation>
  </message>
  <message>
   <source>%1 has no way into this case any more.</source>
   <translation>%1 ya no tiene forma de entrar en este caso.</translation>
  </message>
  <message>
   <source>%1 is %2 now</source>
   <translation>%1 es ahora %2</translation>
  </message>
  <message>
   <source>%1 is protected by a password; %2 did not open it.</source>
   <translation>%1 está protegido con una contraseña; %2 no lo abrieron.</translation>
  </message>
  <message>
   <source>%1 is protected by a password; none is known.</source>
   <translation>%1 está protegido con una contraseña; no se conoce ninguna.</translation>
  </message>
  <message>
   <source>%1 is sealed (%2); a lead may open it with a reason, which is recorded.</source>
   <translation>%1 está sellado (%2); un responsable puede abrirlo con un motivo, que queda registrado.</translation>
  </message>
  <message>
   <source>%1 is taken: %2.</source>
   <translation>%1 está ocupada: %2.</translation>
  </message>
  <message>
   <source>%1 is the next free number; the exhibit gets its own for good when the book is built.</source>
   <translation>%1 es el siguiente número libre; la prueba recibe el suyo para siempre al hacer el libro.</translation>
  </message>
  <message>
   <source>%1 is the only lead; make someone else a lead first.</source>
   <translation>%1 es el único responsable; nombre antes a otra persona.</translation>
  </message>
  <message>
   <source>%1 kinds</source>
   <translation>%1 tipos</translation>
  </message>
  <message>
   <source>%1 known passwords</source>
   <translation>%1 contraseñas conocidas</translation>
  </message>
  <message>
   <source>%1 marked</source>
   <translation>%1 seleccionados</translation>
  </message>
  <message>
   <source>%1 marked reviewed</source>
   <translation>%1: marcado como revisado</translation>
  </message>
  <message>
   <source>%1 marked to do</source>
   <translation>%1: marcado como pendiente</translation>
  </message>
  <message>
   <source>%1 marked · Code</source>
   <translation>%1 seleccionados · Codificar</translation>
  </message>
  <message>
   <source>%1 more</source>
   <translation>%1 más</translation>
  </message>
  <message>
   <source>%1 new</source>
   <translation>%1 nuevos</translation>
  </message>
  <message>
   <source>%1 new · %2</source>
   <translation>%1 nuevos · %2</translation>
  </message>
  <message>
   <source>%1 not decided</source>
   <translation>%1 sin decidir</translation>
  </message>
  <message>
   <source>%1 of %2</source>
   <translation>%1 de %2</translation>
  </message>
  <message>
   <source>%1 of %2 pages recognised</source>
   <translation>%1 de %2 páginas reconocidas</translation>
  </message>
  <message>
   <source>%1 of %2 people</source>
   <translation>%1 de %2 personas</translation>
  </message>
  <message>
   <source>%1 of %2 so far</source>
   <translation>%1 de %2 hasta ahora</translation>
  </message>
  <message>
   <source>%1 of %2 · cells open their search · ring and number say the level, colour only repeats it</source>
   <translation>%1 de %2 · cada celda abre su búsqueda · el anillo y el número dicen el nivel, el color solo lo repite</translation>
  </message>
  <message>
   <source>%1 of its items, or parts of them, could not be read.</source>
   <translation>%1 de sus elementos, o partes de ellos, no se pudieron leer.</translation>
  </message>
  <message>
   <source>%1 of its members are links, which are not followed.</source>
   <translation>%1 de sus miembros son enlaces, que no se siguen.</translation>
  </message>
  <message>
   <source>%1 of its members are packed in a way that is not read yet.</source>
   <translation>%1 de sus miembros están comprimidos de un modo que aún no se lee.</translation>
  </message>
  <message>
   <source>%1 of its members could not be read to their end.</source>
   <translation>%1 de sus miembros no se pudieron leer hasta el final.</translation>
  </message>
  <message>
   <source>%1 of its members need more memory than a document may use.</source>
   <translation>%1 de sus miembros necesitan más memoria de la que un documento puede usar.</translation>
  </message>
  <message>
   <source>%1 of its members overlap others, as in a bomb, and were not opened.</source>
   <translation>%1 de sus miembros se solapan con otros, como en una bomba, y no se abrieron.</translation>
  </message>
  <message>
   <source>%1 on %2</source>
   <translation>%1 en %2</translation>
  </message>
  <message>
   <source>%1 only suggested, dotted</source>
   <translation>%1 solo sugeridos, punteados</translation>
  </message>
  <message>
   <source>%1 opened; the look is recorded</source>
   <translation>%1 abierto; la consulta consta en el registro</translation>
  </message>
  <message>
   <source>%1 other documents</source>
   <translation>otros %1 documentos</translation>
  </message>
  <message>
   <source>%1 pages</source>
   <translation>%1 páginas</translation>
  </message>
  <message>
   <source>%1 passwords added</source>
   <translation>%1 contraseñas añadidas</translation>
  </message>
  <message>
   <source>%1 people</source>
   <translation>%1 personas</translation>
  </message>
  <message>
   <source>%1 people; %2 lines are left out</source>
   <translation>%1 personas; %2 líneas quedan fuera</translation>
  </message>
  <message>
   <source>%1 places</source>
   <translation>%1 lugares</translation>
  </message>
  <message>
   <source>%1 places blacked out</source>
   <translation>%1 lugares tachados</translation>
  </message>
  <message>
   <source>%1 places on this sheet</source>
   <translation>%1 lugares en esta hoja</translation>
  </message>
  <message>
   <source>%1 reported ones</source>
   <translation>%1 denunciados</translation>
  </message>
  <message>
   <source>%1 sealed documents</source>
   <translation>%1 documentos sellados</translation>
  </message>
  <message>
   <source>%1 set for %2 on %3</source>
   <translation>%1 asignado a %2 en %3</translation>
  </message>
  <message>
   <source>%1 sheets</source>
   <translation>%1 hojas</translation>
  </message>
  <message>
   <source>%1 texts named.</source>
   <translation>%1 textos nombrados.</translation>
  </message>
  <message>
   <source>%1 to %2</source>
   <translation>%1 a %2</translation>
  </message>
  <message>
   <source>%1 to review</source>
   <translation>%1 por revisar</translation>
  </message>
  <message>
   <source>%1 unpacks to more than %2 times its size, as a bomb does.</source>
   <translation>%1 se expande a más de %2 veces su tamaño, como hace una bomba.</translation>
  </message>
  <message>
   <source>%1 very high</source>
   <translation>%1 muy alto</translation>
  </message>
  <message>
   <source>%1 were reported and never leave</source>
   <translation>%1 fueron denunciados y nunca salen</translation>
  </message>
  <message>
   <source>%1 will leave the laptop encrypted. Whoever has the folder and its passphrase reads it: give the passphrase by another way than the folder.</source>
   <translation>%1 saldrán cifrados del portátil. Quien tenga la carpeta y su contraseña los lee: dé la contraseña por otra vía que la carpeta.</translation>
  </message>
  <message>
   <source>%1 will stand in that folder unencrypted: whoever gets the folder reads it.</source>
   <translation>%1 estarán sin cifrar en esa carpeta: quien obtenga la carpeta los lee.</translation>
  </message>
  <message>
   <source>%1 written to %2, unencrypted.</source>
   <translation>%1 en %2, sin cifrar.</translation>
  </message>
  <message>
   <source>%1, %2 need a look</source>
   <translation>%1, %2 requieren atención</translation>
  </message>
  <message>
   <source>%1: %2 in %3</source>
   <translation>%1: %2 en %3</translation>
  </message>
  <message>
   <source>%1: %2 reviewed, %3 left</source>
   <translation>%1: %2 revisados, quedan %3</translation>
  </message>
  <message>
   <source>%1: keep or overwrite?</source>
   <translation>%1: ¿conservar o sobrescribir?</translation>
  </message>
  <message>
   <source>%1: this computer cannot shut a reader of this old format in well enough; read it on another one, or ask for it with --dangerous-formats.</source>
   <translation>%1: este ordenador no puede encerrar bastante bien a un lector de este formato antiguo; léalo en otro, o pídalo con --dangerous-formats.</translation>
  </message>
  <message>
   <source>%1: this version does not read %2 files yet.</source>
   <translation>%1: esta versión aún no lee archivos %2.</translation>
  </message>
  <message>
   <source>%1; go to another</source>
   <translation>%1; ir a otra</translation>
  </message>
  <message>
   <source>%1; not searched to the end</source>
   <translation>%1; búsqueda sin terminar</translation>
  </message>
  <message>
   <source>%1; readable strings were taken from it.</source>
   <translation>%1; de él se tomaron cadenas legibles.</translation>
  </message>
  <message>
   <source>%1; the case knows %2.</source>
   <translation>%1; el caso conoce %2.</translation>
  </message>
  <message>
   <source>1 act</source>
   <translation>1 acto</translation>
  </message>
  <message>
   <source>1 document</source>
   <translation>1 documento</translation>
  </message>
  <message>
   <source>1 document will be marked reviewed.</source>
   <translation>1 documento se marcará como revisado.</translation>
  </message>
  <message>
   <source>1 duplicate</source>
   <translation>1 duplicado</translation>
  </message>
  <message>
   <source>1 exhibit</source>
   <translation>1 prueba</translation>
  </message>
  <message>
   <source>1 file needs a look</source>
   <translation>1 archivo requiere atención</translation>
  </message>
  <message>
   <source>1 is sealed</source>
   <translation>1 está sellado</translation>
  </message>
  <message>
   <source>1 kind</source>
   <translation>1 tipo</translation>
  </message>
  <message>
   <source>1 known password</source>
   <translation>1 contraseña conocida</translation>
  </message>
  <message>
   <source>1 other document</source>
   <translation>Otro documento</translation>
  </message>
  <message>
   <source>1 page</source>
   <translation>1 página</translation>
  </message>
  <message>
   <source>1 password added</source>
   <translation>1 contraseña añadida</translation>
  </message>
  <message>
   <source>1 person</source>
   <translation>1 persona</translation>
  </message>
  <message>
   <source>1 place</source>
   <translation>1 lugar</translation>
  </message>
  <message>
   <source>1 place blacked out</source>
   <translation>1 lugar tachado</translation>
  </message>
  <message>
   <source>1 place on this sheet</source>
   <translation>1 lugar en esta hoja</translation>
  </message>
  <message>
   <source>1 reported one</source>
   <translation>1 denunciado</translation>
  </message>
  <message>
   <source>1 sealed document</source>
   <translation>1 documento sellado</translation>
  </message>
  <message>
   <source>1 sheet</source>
   <translation>1 hoja</translation>
  </message>
  <message>
   <source>1 text named.</source>
   <translation>1 texto nombrado.</translation>
  </message>
  <message>
   <source>1 to 10 MB</source>
   <translation>De 1 a 10 MB</translation>
  </message>
  <message>
   <source>1 was reported and never leaves</source>
   <translation>1 fue denunciado y nunca sale</translation>
  </message>
  <message>
   <source>10 to 100 MB</source>
   <translation>De 10 a 100 MB</translation>
  </message>
  <message>
   <source>10 to 100 kB</source>
   <translation>De 10 a 100 kB</translation>
  </message>
  <message>
   <source>100 MB and more</source>
   <translation>100 MB y más</translation>
  </message>
  <message>
   <source>100 kB to 1 MB</source>
   <translation>De 100 kB a 1 MB</translation>
  </message>
  <message>
   <source>A CSV file with a query a line, or a column named query; or a query for each officer of the roster. A line that cannot be understood is reported, and the others run.</source>
   <translation>Un archivo CSV con una consulta por línea, o con una columna llamada query; o una consulta por cada agente de la nómina. La línea que no se entiende se indica, y las demás se ejecutan.</translation>
  </message>
  <message>
   <source>A backup is being made, and holds the keys until it ends.</source>
   <translation>Se está haciendo una copia de seguridad, que conserva las claves hasta que termine.</translation>
  </message>
  <message>
   <source>A case folder</source>
   <translation>Carpeta de un caso</translation>
  </message>
  <message>
   <source>A case of this name is there already. Choose another name.</source>
   <translation>Ya existe un caso con este nombre. Elija otro.</translation>
  </message>
  <message>
   <source>A click places:</source>
   <translation>Un clic coloca:</translation>
  </message>
  <message>
   <source>A file of mine…</source>
   <translation>Un archivo mío…</translation>
  </message>
  <message>
   <source>A folder of that name is there already: an export never overwrites.</source>
   <translation>Ya hay una carpeta con ese nombre: una exportación nunca sobrescribe.</translation>
  </message>
  <message>
   <source>A language shows in full when EvidenceBox is started the next time.</source>
   <translation>El idioma se muestra por completo la próxima vez que se inicie EvidenceBox.</translation>
  </message>
  <message>
   <source>A line for each exposure: whose, on which page, of which kind. CSV and XLSX.</source>
   <translation>Una línea por exposición: de quién, en qué página, de qué tipo. CSV y XLSX.</translation>
  </message>
  <message>
   <source>A minor</source>
   <translation>Un menor</translation>
  </message>
  <message>
   <source>A pack carries your signed decisions to another laptop with the same case. It is encrypted for this case, verified before any of it is taken, and can be taken twice.</source>
   <translation>Un paquete lleva sus decisiones firmadas a otro portátil con el mismo caso. Va cifrado para este caso, se verifica antes de tomar nada y puede tomarse dos veces.</translation>
  </message>
  <message>
   <source>A part of the archive is damaged; members beyond it were found.</source>
   <translation>Una parte del archivo está dañada; se hallaron miembros más allá de ella.</translation>
  </message>
  <message>
   <source>A part of the book is damaged; the rest was read.</source>
   <translation>Una parte del libro está dañada; el resto se leyó.</translation>
  </message>
  <message>
   <source>A part of the book is encrypted.</source>
   <translation>Una parte del libro está cifrada.</translation>
  </message>
  <message>
   <source>A part of the document</source>
   <translation>Una parte del documento</translation>
  </message>
  <message>
   <source>A part of the document is damaged; the rest was read.</source>
   <translation>Una parte del documento está dañada; el resto se leyó.</translation>
  </message>
  <message>
   <source>A part of the workbook is damaged; the rest was read.</source>
   <translation>Una parte del libro está dañada; el resto se leyó.</translation>
  </message>
  <message>
   <source>A password that may have been used</source>
   <translation>Una contraseña que pudo usarse</translation>
  </message>
  <message>
   <source>A privilege log names authors and recipients: export it with all data.</source>
   <translation>Un registro de privilegios nombra autores y destinatarios: expórtelo con todos los datos.</translation>
  </message>
  <message>
   <source>A production for a review platform: DAT, OPT, numbered pages, texts.</source>
   <translation>Una entrega para una plataforma de revisión: DAT, OPT, páginas numeradas, textos.</translation>
  </message>
  <message>
   <source>A redacted document is a PDF: give it a name that ends in .pdf.</source>
   <translation>Un documento tachado es un PDF: dele un nombre que termine en .pdf.</translation>
  </message>
  <message>
   <source>A sheet of the workbook is missing.</source>
   <translation>Falta una hoja del libro.</translation>
  </message>
  <message>
   <source>A slide of the presentation is missing.</source>
   <translation>Falta una diapositiva de la presentación.</translation>
  </message>
  <message>
   <source>A text that is to go wherever it stands</source>
   <translation>Un texto que ha de desaparecer dondequiera que esté</translation>
  </message>
  <message>
   <source>A text, wherever it stands</source>
   <translation>Un texto, dondequiera que esté</translation>
  </message>
  <message>
   <source>A4</source>
   <translation>A4</translation>
  </message>
  <message>
   <source>About EvidenceBox</source>
   <translation>Acerca de EvidenceBox</translation>
  </message>
  <message>
   <source>About EvidenceBox…</source>
   <translation>Acerca de EvidenceBox…</translation>
  </message>
  <message>
   <source>About this folder</source>
   <translation>Sobre esta carpeta</translation>
  </message>
  <message>
   <source>Accepted</source>
   <translation>Aceptado</translation>
  </message>
  <message>
   <source>Accepted: tagged for this officer</source>
   <translation>Aceptado: etiquetado para este agente</translation>
  </message>
  <message>
   <source>Action</source>
   <translation>Acción</translation>
  </message>
  <message>
   <source>Add</source>
   <translation>Añadir</translation>
  </message>
  <message>
   <source>Add a category</source>
   <translation>Añadir una categoría</translation>
  </message>
  <message>
   <source>Add a label</source>
   <translation>Añadir una marca</translation>
  </message>
  <message>
   <source>Add a reviewer</source>
   <translation>Añadir una persona revisora</translation>
  </message>
  <message>
   <source>Add a reviewer…</source>
   <translation>Añadir una persona revisora…</translation>
  </message>
  <message>
   <source>Add an officer</source>
   <translation>Añadir un agente</translation>
  </message>
  <message>
   <source>Add passwords from a file</source>
   <translation>Añadir contraseñas de un archivo</translation>
  </message>
  <message>
   <source>Add passwords that may open it</source>
   <translation>Añadir contraseñas que puedan abrirlo</translation>
  </message>
  <message>
   <source>Add passwords…</source>
   <translation>Añadir contraseñas…</translation>
  </message>
  <message>
   <source>Add to the exhibits</source>
   <translation>Añadir a las pruebas</translation>
  </message>
  <message>
   <source>Add to the exhibits…</source>
   <translation>Añadir a las pruebas…</translation>
  </message>
  <message>
   <source>Address</source>
   <translation>Domicilio</translation>
  </message>
  <message>
   <source>Address for notices</source>
   <translation>Dirección para avisos</translation>
  </message>
  <message>
   <source>Admitted</source>
   <translation>Admitida</translation>
  </message>
  <message>
   <source>Admitted %1</source>
   <translation>Admitida %1</translation>
  </message>
  <message>
   <source>Affected officers</source>
   <translation>Agentes afectados</translation>
  </message>
  <message>
   <source>After</source>
   <translation>Después</translation>
  </message>
  <message>
   <source>After: what will be burned in</source>
   <translation>Después: lo que quedará grabado</translation>
  </message>
  <message>
   <source>Agreement on the sample</source>
   <translation>Acuerdo en la muestra</translation>
  </message>
  <message>
   <source>All %1 found</source>
   <translation>Los %1 hallados</translation>
  </message>
  <message>
   <source>All keys as they were</source>
   <translation>Todas las teclas como estaban</translation>
  </message>
  <message>
   <source>Alt+↑ ↓ move · F2 description · Ctrl+PgUp PgDn sheets · Esc review</source>
   <translation>Alt+↑ ↓ mover · F2 descripción · Ctrl+RePág AvPág hojas · Esc revisión</translation>
  </message>
  <message>
   <source>An attachment of the PDF is damaged.</source>
   <translation>Un adjunto del PDF está dañado.</translation>
  </message>
  <message>
   <source>An embedded object is damaged.</source>
   <translation>Un objeto incrustado está dañado.</translation>
  </message>
  <message>
   <source>An error of this program, which was noted.</source>
   <translation>Un error de este programa, que quedó anotado.</translation>
  </message>
  <message>
   <source>An export %1 cannot be made %2: it shows documents as they are. Make it with all data, or choose another kind.</source>
   <translation>Una exportación %1 no puede hacerse %2: muestra los documentos tal como son. Hágala con todos los datos, o elija otro tipo.</translation>
  </message>
  <message>
   <source>An import goes on, and holds the keys until it ends.</source>
   <translation>Una importación continúa y conserva las claves hasta que termine.</translation>
  </message>
  <message>
   <source>An import is running; try again when it has ended.</source>
   <translation>Hay una importación en curso; inténtelo cuando termine.</translation>
  </message>
  <message>
   <source>Another case</source>
   <translation>Otro caso</translation>
  </message>
  <message>
   <source>Answer alike in %1</source>
   <translation>Responder igual en %1</translation>
  </message>
  <message>
   <source>Answer alike wherever it stands</source>
   <translation>Responder igual dondequiera que aparezca</translation>
  </message>
  <message>
   <source>Appearance</source>
   <translation>Aspecto</translation>
  </message>
  <message>
   <source>Apply</source>
   <translation>Aplicar</translation>
  </message>
  <message>
   <source>Arabic</source>
   <translation>Árabe</translation>
  </message>
  <message>
   <source>Archive</source>
   <translation>Archivo comprimido</translation>
  </message>
  <message>
   <source>Arrow keys move, with Shift they mark a stretch, Enter chooses it, Esc lets it go.</source>
   <translation>Las flechas mueven, con Mayús marcan un tramo, Intro lo elige y Esc lo suelta.</translation>
  </message>
  <message>
   <source>As EvidenceBox comes</source>
   <translation>El que trae EvidenceBox</translation>
  </message>
  <message>
   <source>As it is stamped in this case</source>
   <translation>Como se sella en este caso</translation>
  </message>
  <message>
   <source>As it will be bound</source>
   <translation>Como quedará encuadernada</translation>
  </message>
  <message>
   <source>As the system</source>
   <translation>Como el sistema</translation>
  </message>
  <message>
   <source>Assign</source>
   <translation>Asignar</translation>
  </message>
  <message>
   <source>Audio</source>
   <translation>Audio</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Atrás</translation>
  </message>
  <message>
   <source>Back to the results</source>
   <translation>Volver a los resultados</translation>
  </message>
  <message>
   <source>Back up what was decided…</source>
   <translation>Copia de seguridad de lo decidido…</translation>
  </message>
  <message>
   <source>Background</source>
   <translation>Antecedentes</translation>
  </message>
  <message>
   <source>Background investigation</source>
   <translation>Investigación de antecedentes</translation>
  </message>
  <message>
   <source>Badge</source>
   <translation>Placa</translation>
  </message>
  <message>
   <source>Bank account</source>
   <translation>Cuenta bancaria</translation>
  </message>
  <message>
   <source>Bates</source>
   <translation>Bates</translation>
  </message>
  <message>
   <source>Bates number</source>
   <translation>Número Bates</translation>
  </message>
  <message>
   <source>Bates numbers</source>
   <translation>Números Bates</translation>
  </message>
  <message>
   <source>Bates numbers assigned</source>
   <translation>números Bates asignados</translation>
  </message>
  <message>
   <source>Bates prefix</source>
   <translation>Prefijo Bates</translation>
  </message>
  <message>
   <source>Before</source>
   <translation>Antes</translation>
  </message>
  <message>
   <source>Before: the sheet with what is to go</source>
   <translation>Antes: la hoja con lo que ha de desaparecer</translation>
  </message>
  <message>
   <source>Begin</source>
   <translation>Empezar</translation>
  </message>
  <message>
   <source>Biometric</source>
   <translation>Biométrico</translation>
  </message>
  <message>
   <source>Biometric data</source>
   <translation>Datos biométricos</translation>
  </message>
  <message>
   <source>Birth date</source>
   <translation>Fecha de nacimiento</translation>
  </message>
  <message>
   <source>Black out all but what is named</source>
   <translation>Tachar todo menos lo nombrado</translation>
  </message>
  <message>
   <source>Blur</source>
   <translation>Desenfocar</translation>
  </message>
  <message>
   <source>Blur the picture</source>
   <translation>Desenfocar la imagen</translation>
  </message>
  <message>
   <source>Both later</source>
   <translation>Ambos más tarde</translation>
  </message>
  <message>
   <source>Bottom center</source>
   <translation>Abajo al centro</translation>
  </message>
  <message>
   <source>Bottom left</source>
   <translation>Abajo a la izquierda</translation>
  </message>
  <message>
   <source>Bottom right</source>
   <translation>Abajo a la derecha</translation>
  </message>
  <message>
   <source>Box on sheet %1 · %2</source>
   <translation>Recuadro en la hoja %1 · %2</translation>
  </message>
  <message>
   <source>Build the book…</source>
   <translation>Hacer el libro…</translation>
  </message>
  <message>
   <source>Burning in, and looking again</source>
   <translation>Grabando, y mirando otra vez</translation>
  </message>
  <message>
   <source>By its content this is %1, not what its name says.</source>
   <translation>Por su contenido es %1, no lo que dice su nombre.</translation>
  </message>
  <message>
   <source>CSV</source>
   <translation>CSV</translation>
  </message>
  <message>
   <source>Came in</source>
   <translation>Vino en</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Cancelar</translation>
  </message>
  <message>
   <source>Caps Lock seems to be on.</source>
   <translation>Parece que Bloq Mayús está activado.</translation>
  </message>
  <message>
   <source>Card number</source>
   <translation>Número de tarjeta</translation>
  </message>
  <message>
   <source>Case menu</source>
   <translation>Menú del caso</translation>
  </message>
  <message>
   <source>Case “%1”</source>
   <translation>Caso «%1»</translation>
  </message>
  <message>
   <source>Categories</source>
   <translation>Categorías</translation>
  </message>
  <message>
   <source>Category</source>
   <translation>Categoría</translation>
  </message>
  <message>
   <source>Cells</source>
   <translation>Celdas</translation>
  </message>
  <message>
   <source>Change</source>
   <translation>Cambiar</translation>
  </message>
  <message>
   <source>Change the passphrase</source>
   <translation>Cambiar la frase de contraseña</translation>
  </message>
  <message>
   <source>Change the search</source>
   <translation>Cambiar la búsqueda</translation>
  </message>
  <message>
   <source>Characters</source>
   <translation>Caracteres</translation>
  </message>
  <message>
   <source>Check backup…</source>
   <translation>Comprobar la copia…</translation>
  </message>
  <message>
   <source>Check the ledger</source>
   <translation>Comprobar el registro</translation>
  </message>
  <message>
   <source>Checked: of what was to go, nothing could be read again.</source>
   <translation>Comprobado: de lo que había de desaparecer no se pudo leer nada.</translation>
  </message>
  <message>
   <source>Chinese</source>
   <translation>Chino</translation>
  </message>
  <message>
   <source>Choose a file…</source>
   <translation>Elegir un archivo…</translation>
  </message>
  <message>
   <source>Choose a new folder.</source>
   <translation>Elija una carpeta nueva.</translation>
  </message>
  <message>
   <source>Choose a passphrase of at least %1 characters.</source>
   <translation>Elija una frase de paso de al menos %1 caracteres.</translation>
  </message>
  <message>
   <source>Choose a passphrase of at least eight characters for the export.</source>
   <translation>Elija para la exportación una contraseña de al menos ocho caracteres.</translation>
  </message>
  <message>
   <source>Choose an exhibit to see its sheets.</source>
   <translation>Elija una prueba para ver sus hojas.</translation>
  </message>
  <message>
   <source>Choose an officer</source>
   <translation>Elegir un agente</translation>
  </message>
  <message>
   <source>Choose an officer.</source>
   <translation>Elija un agente.</translation>
  </message>
  <message>
   <source>Choose an officer…</source>
   <translation>Elegir un agente…</translation>
  </message>
  <message>
   <source>Choose the folder of the trove</source>
   <translation>Elegir la carpeta del fondo</translation>
  </message>
  <message>
   <source>Choose the folder that holds the trove.</source>
   <translation>Elija la carpeta que contiene el fondo.</translation>
  </message>
  <message>
   <source>Choose the folder the case is kept in</source>
   <translation>Elegir la carpeta donde se guarda el caso</translation>
  </message>
  <message>
   <source>Choose where the file is made</source>
   <translation>Elegir dónde se hace el archivo</translation>
  </message>
  <message>
   <source>Choose where the new folder is made</source>
   <translation>Elegir dónde se crea la carpeta nueva</translation>
  </message>
  <message>
   <source>Choose whose documents they are.</source>
   <translation>Elija de quién son los documentos.</translation>
  </message>
  <message>
   <source>Choose…</source>
   <translation>Elegir…</translation>
  </message>
  <message>
   <source>Clear</source>
   <translation>Quitar</translation>
  </message>
  <message>
   <source>Clear filters</source>
   <translation>Quitar filtros</translation>
  </message>
  <message>
   <source>Clear the marks</source>
   <translation>Quitar las marcas</translation>
  </message>
  <message>
   <source>Click to sort: up, down, then by relevance</source>
   <translation>Pulse para ordenar: ascendente, descendente y por relevancia</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Cerrar</translation>
  </message>
  <message>
   <source>Close the find bar</source>
   <translation>Cerrar la barra de búsqueda</translation>
  </message>
  <message>
   <source>Close the reminder</source>
   <translation>Cerrar el aviso</translation>
  </message>
  <message>
   <source>Closing when the import has stopped.</source>
   <translation>Se cerrará cuando la importación se detenga.</translation>
  </message>
  <message>
   <source>Code</source>
   <translation>Codificar</translation>
  </message>
  <message>
   <source>Code %1 documents</source>
   <translation>Codificar %1 documentos</translation>
  </message>
  <message>
   <source>Code 1 document</source>
   <translation>Codificar 1 documento</translation>
  </message>
  <message>
   <source>Code alike: %1</source>
   <translation>Codificar igual: %1</translation>
  </message>
  <message>
   <source>Code like the last one</source>
   <translation>Codificar como el último</translation>
  </message>
  <message>
   <source>Code marked, or all found</source>
   <translation>Codificar lo marcado o todo lo hallado</translation>
  </message>
  <message>
   <source>Code what is marked</source>
   <translation>Codificar lo marcado</translation>
  </message>
  <message>
   <source>Coded so already: %1.</source>
   <translation>Ya codificados así: %1.</translation>
  </message>
  <message>
   <source>Codes for people, and the ids of documents (who has the trove can find a person by them)</source>
   <translation>Códigos de personas e identificadores de documentos (quien tenga la filtración puede hallar por ellos a una persona)</translation>
  </message>
  <message>
   <source>Coding</source>
   <translation>Codificación</translation>
  </message>
  <message>
   <source>Column of: %1</source>
   <translation>Columna de: %1</translation>
  </message>
  <message>
   <source>Columns</source>
   <translation>Columnas</translation>
  </message>
  <message>
   <source>Columns of the sheet</source>
   <translation>Columnas de la hoja</translation>
  </message>
  <message>
   <source>Compare with %1</source>
   <translation>Comparar con %1</translation>
  </message>
  <message>
   <source>Confidential</source>
   <translation>Confidencial</translation>
  </message>
  <message>
   <source>Confirm</source>
   <translation>Confirmar</translation>
  </message>
  <message>
   <source>Conflict settled on %1</source>
   <translation>Conflicto resuelto en %1</translation>
  </message>
  <message>
   <source>Conflicts</source>
   <translation>Conflictos</translation>
  </message>
  <message>
   <source>Contact</source>
   <translation>Contacto</translation>
  </message>
  <message>
   <source>Contains</source>
   <translation>Contiene</translation>
  </message>
  <message>
   <source>Content is hidden</source>
   <translation>El contenido está oculto</translation>
  </message>
  <message>
   <source>Content is hidden. %1 shows it again.</source>
   <translation>El contenido está oculto. %1 lo muestra de nuevo.</translation>
  </message>
  <message>
   <source>Copies and near-duplicates</source>
   <translation>Copias y casi duplicados</translation>
  </message>
  <message>
   <source>Correspondent</source>
   <translation>Corresponsal</translation>
  </message>
  <message>
   <source>Could not be read</source>
   <translation>No se pudieron leer</translation>
  </message>
  <message>
   <source>Counting…</source>
   <translation>Contando…</translation>
  </message>
  <message>
   <source>Counts only</source>
   <translation>Solo cifras</translation>
  </message>
  <message>
   <source>Create</source>
   <translation>Crear</translation>
  </message>
  <message>
   <source>Create a case</source>
   <translation>Crear un caso</translation>
  </message>
  <message>
   <source>Creating…</source>
   <translation>Creando…</translation>
  </message>
  <message>
   <source>Credential</source>
   <translation>Credencial</translation>
  </message>
  <message>
   <source>Credentials</source>
   <translation>Credenciales</translation>
  </message>
  <message>
   <source>Credit</source>
   <translation>Crédito</translation>
  </message>
  <message>
   <source>Credit monitoring</source>
   <translation>Vigilancia de crédito</translation>
  </message>
  <message>
   <source>Ctrl+Enter</source>
   <translation>Ctrl+Intro</translation>
  </message>
  <message>
   <source>Custodian</source>
   <translation>Custodio</translation>
  </message>
  <message>
   <source>Cut off</source>
   <translation>Cortado</translation>
  </message>
  <message>
   <source>DO NOT HAND THIS OUT. %1 of what was written is not as it was made:</source>
   <translation>NO ENTREGUE ESTO. %1 de lo escrito no está como se hizo:</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>Oscuro</translation>
  </message>
  <message>
   <source>Data</source>
   <translation>Datos</translation>
  </message>
  <message>
   <source>Data of these kinds</source>
   <translation>Datos de estos tipos</translation>
  </message>
  <message>
   <source>Database</source>
   <translation>Base de datos</translation>
  </message>
  <message>
   <source>Date</source>
   <translation>Fecha</translation>
  </message>
  <message>
   <source>Date of birth</source>
   <translation>Fecha de nacimiento</translation>
  </message>
  <message>
   <source>Date of the notice</source>
   <translation>Fecha del aviso</translation>
  </message>
  <message>
   <source>Dates: %1</source>
   <translation>Fechas: %1</translation>
  </message>
  <message>
   <source>Debt</source>
   <translation>Deuda</translation>
  </message>
  <message>
   <source>Decide for %1</source>
   <translation>Decidir para %1</translation>
  </message>
  <message>
   <source>Decided for %1: %2</source>
   <translation>Decidido para %1: %2</translation>
  </message>
  <message>
   <source>Decision</source>
   <translation>Decisión</translation>
  </message>
  <message>
   <source>Decisions stay, with their author. Nothing opens this case for them then.</source>
   <translation>Las decisiones se quedan, con su autor. Después nada le abre este caso.</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>Eliminar</translation>
  </message>
  <message>
   <source>Description</source>
   <translation>Descripción</translation>
  </message>
  <message>
   <source>Details</source>
   <translation>Detalles</translation>
  </message>
  <message>
   <source>Did you mean %1 (%2)?</source>
   <translation>¿Quiso decir %1 (%2)?</translation>
  </message>
  <message>
   <source>Digest of all files</source>
   <translation>Resumen de todos los archivos</translation>
  </message>
  <message>
   <source>Digits</source>
   <translation>Cifras</translation>
  </message>
  <message>
   <source>Digits of a Bates number</source>
   <translation>Cifras de un número Bates</translation>
  </message>
  <message>
   <source>Discipline</source>
   <translation>Disciplina</translation>
  </message>
  <message>
   <source>Disposition</source>
   <translation>Situación</translation>
  </message>
  <message>
   <source>Divide what nobody has yet among reviewers</source>
   <translation>Repartir entre revisores lo que nadie tiene</translation>
  </message>
  <message>
   <source>Document</source>
   <translation>Documento</translation>
  </message>
  <message>
   <source>Documents</source>
   <translation>Documentos</translation>
  </message>
  <message>
   <source>Documents reviewed</source>
   <translation>Documentos revisados</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>Hecho</translation>
  </message>
  <message>
   <source>Done again: %1</source>
   <translation>Rehecho: %1</translation>
  </message>
  <message>
   <source>Draw</source>
   <translation>Sortear</translation>
  </message>
  <message>
   <source>Draw reviewed documents for a second reviewer</source>
   <translation>Sortear documentos revisados para un segundo revisor</translation>
  </message>
  <message>
   <source>Drawing it takes more memory than is allowed.</source>
   <translation>Dibujarlo exige más memoria de la permitida.</translation>
  </message>
  <message>
   <source>Drawing the page…</source>
   <translation>Dibujando la página…</translation>
  </message>
  <message>
   <source>Drawing the sheet…</source>
   <translation>Dibujando la hoja…</translation>
  </message>
  <message>
   <source>Driver's licence</source>
   <translation>Permiso de conducir</translation>
  </message>
  <message>
   <source>Drug history</source>
   <translation>Consumo de drogas</translation>
  </message>
  <message>
   <source>Duplicates</source>
   <translation>Duplicados</translation>
  </message>
  <message>
   <source>E-mail address</source>
   <translation>Correo electrónico</translation>
  </message>
  <message>
   <source>Empty</source>
   <translation>Vacío</translation>
  </message>
  <message>
   <source>Empty for every document</source>
   <translation>Vacío: todos los documentos</translation>
  </message>
  <message>
   <source>Encrypt it to a passphrase of its own (age)</source>
   <translation>Cifrar con una contraseña propia (age)</translation>
  </message>
  <message>
   <source>Encrypted</source>
   <translation>Cifrado</translation>
  </message>
  <message>
   <source>English</source>
   <translation>Inglés</translation>
  </message>
  <message>
   <source>Every box that was burned in: where, why, by whom. CSV and XLSX.</source>
   <translation>Cada tachadura grabada: dónde, por qué, por quién. CSV y XLSX.</translation>
  </message>
  <message>
   <source>Every document that is labelled privileged. CSV and XLSX.</source>
   <translation>Cada documento etiquetado como privilegiado. CSV y XLSX.</translation>
  </message>
  <message>
   <source>Every exhibit that stands as a stamped PDF, one bookmarked book with an index, the list of exhibits and the log of redactions.</source>
   <translation>Cada prueba vigente como PDF sellado, un libro con marcadores e índice, la lista de pruebas y el registro de tachaduras.</translation>
  </message>
  <message>
   <source>Every export stands in the ledger.</source>
   <translation>Cada exportación consta en el libro de actas.</translation>
  </message>
  <message>
   <source>Every file was read.</source>
   <translation>Se leyeron todos los archivos.</translation>
  </message>
  <message>
   <source>Every tag that stands. CSV and XLSX.</source>
   <translation>Cada etiqueta vigente. CSV y XLSX.</translation>
  </message>
  <message>
   <source>Everybody but %1</source>
   <translation>Todos menos %1</translation>
  </message>
  <message>
   <source>Everybody but one officer…</source>
   <translation>Todos menos un agente…</translation>
  </message>
  <message>
   <source>Everybody else's names and data are blacked out; this one stays.</source>
   <translation>Los nombres y datos de todos los demás se tachan; los de este quedan.</translation>
  </message>
  <message>
   <source>Everybody of the roster with what was exposed: what letters are made from. CSV and XLSX.</source>
   <translation>Todos los de la plantilla con lo que quedó expuesto: de ahí salen las cartas. CSV y XLSX.</translation>
  </message>
  <message>
   <source>Everyone</source>
   <translation>Todos</translation>
  </message>
  <message>
   <source>EvidenceBox</source>
   <translation>EvidenceBox</translation>
  </message>
  <message>
   <source>EvidenceBox only reads the trove: it never writes to it, and it runs nothing that is in it. What it learns is kept encrypted in the case.</source>
   <translation>EvidenceBox solo lee el fondo: nunca escribe en él ni ejecuta nada de lo que contiene. Lo que averigua se guarda cifrado en el caso.</translation>
  </message>
  <message>
   <source>EvidenceBox stopped while it was being read, several times over, so it is left alone; retry it by itself.</source>
   <translation>EvidenceBox se detuvo varias veces al leerlo, así que se deja aparte; inténtelo de nuevo por separado.</translation>
  </message>
  <message>
   <source>EvidenceBox stopped while this page was being recognised, several times over, so it is left alone; retry the document.</source>
   <translation>EvidenceBox se detuvo varias veces al reconocer esta página, así que se deja aparte; intente de nuevo el documento.</translation>
  </message>
  <message>
   <source>Exhibit</source>
   <translation>Prueba</translation>
  </message>
  <message>
   <source>Exhibit book</source>
   <translation>Libro de pruebas</translation>
  </message>
  <message>
   <source>Exhibit list</source>
   <translation>Lista de pruebas</translation>
  </message>
  <message>
   <source>Exhibits</source>
   <translation>Pruebas</translation>
  </message>
  <message>
   <source>Export</source>
   <translation>Exportar</translation>
  </message>
  <message>
   <source>Export the picture</source>
   <translation>Exportar la imagen</translation>
  </message>
  <message>
   <source>Export the report</source>
   <translation>Exportar el informe</translation>
  </message>
  <message>
   <source>Export this list</source>
   <translation>Exportar esta lista</translation>
  </message>
  <message>
   <source>Export this list…</source>
   <translation>Exportar esta lista…</translation>
  </message>
  <message>
   <source>Exported and verified</source>
   <translation>Exportado y verificado</translation>
  </message>
  <message>
   <source>Exported: %1.</source>
   <translation>Exportado: %1.</translation>
  </message>
  <message>
   <source>Exporting</source>
   <translation>Exportando</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>Exportar…</translation>
  </message>
  <message>
   <source>Exposed</source>
   <translation>Expuestos</translation>
  </message>
  <message>
   <source>Exposed data</source>
   <translation>Datos expuestos</translation>
  </message>
  <message>
   <source>Exposed data: %1</source>
   <translation>Datos expuestos: %1</translation>
  </message>
  <message>
   <source>Exposed is what was tagged or accepted. Suggested is no finding. Credit monitoring is for those whose SSN, ITIN or TIN was exposed; counsel decides.</source>
   <translation>Expuesto es lo que se marcó o se aceptó. Lo sugerido no es un hallazgo. La vigilancia de crédito es para quienes tienen expuesto el SSN, el ITIN o el TIN; decide el abogado.</translation>
  </message>
  <message>
   <source>Exposed or suggested</source>
   <translation>Expuesto o sugerido</translation>
  </message>
  <message>
   <source>Exposure</source>
   <translation>Exposición</translation>
  </message>
  <message>
   <source>Exposure and progress</source>
   <translation>Exposición y avance</translation>
  </message>
  <message>
   <source>Exposure matrix</source>
   <translation>Matriz de exposición</translation>
  </message>
  <message>
   <source>Exposure of each officer</source>
   <translation>Exposición de cada agente</translation>
  </message>
  <message>
   <source>Exposures</source>
   <translation>Exposiciones</translation>
  </message>
  <message>
   <source>Exposures by category</source>
   <translation>Exposiciones por categoría</translation>
  </message>
  <message>
   <source>Failed</source>
   <translation>Fallido</translation>
  </message>
  <message>
   <source>Fair: another word or two would help.</source>
   <translation>Aceptable: una o dos palabras más ayudarían.</translation>
  </message>
  <message>
   <source>Family</source>
   <translation>Familia</translation>
  </message>
  <message>
   <source>Family %1</source>
   <translation>Familia %1</translation>
  </message>
  <message>
   <source>Features</source>
   <translation>Rasgos</translation>
  </message>
  <message>
   <source>File</source>
   <translation>Archivo</translation>
  </message>
  <message>
   <source>Files</source>
   <translation>Archivos</translation>
  </message>
  <message>
   <source>Files and why they could not be read. CSV and XLSX.</source>
   <translation>Archivos y por qué no se pudieron leer. CSV y XLSX.</translation>
  </message>
  <message>
   <source>Files that could not be read</source>
   <translation>Archivos que no se pudieron leer</translation>
  </message>
  <message>
   <source>Files that need a look</source>
   <translation>Archivos que requieren atención</translation>
  </message>
  <message>
   <source>Files that need a look…</source>
   <translation>Archivos que requieren atención…</translation>
  </message>
  <message>
   <source>Filter</source>
   <translation>Filtro</translation>
  </message>
  <message>
   <source>Filters</source>
   <translation>Filtros</translation>
  </message>
  <message>
   <source>Finances</source>
   <translation>Finanzas</translation>
  </message>
  <message>
   <source>Find a category</source>
   <translation>Buscar una categoría</translation>
  </message>
  <message>
   <source>Find an officer</source>
   <translation>Buscar un agente</translation>
  </message>
  <message>
   <source>Find an officer by name or badge</source>
   <translation>Buscar un agente por nombre o placa</translation>
  </message>
  <message>
   <source>Find an officer…</source>
   <translation>Buscar un agente…</translation>
  </message>
  <message>
   <source>Find in the document</source>
   <translation>Buscar en el documento</translation>
  </message>
  <message>
   <source>Find in this document</source>
   <translation>Buscar en este documento</translation>
  </message>
  <message>
   <source>Find who was harmed by a leak, how, and on which page. Everything is kept encrypted in a case on this machine; nothing leaves it.</source>
   <translation>Halle a quién perjudicó una filtración, cómo y en qué página. Todo se guarda cifrado en un caso de este equipo; nada sale de él.</translation>
  </message>
  <message>
   <source>Finds who was harmed by a leak, how, and on which page. It uses no network. A list of every part with its version and hash (an SBOM) comes with each build.</source>
   <translation>Halla a quién perjudicó una filtración, cómo y en qué página. No usa la red. Con cada versión viene una lista de todas sus partes con su versión y su resumen criptográfico (un SBOM).</translation>
  </message>
  <message>
   <source>First name</source>
   <translation>Nombre</translation>
  </message>
  <message>
   <source>Fit</source>
   <translation>Ajustar</translation>
  </message>
  <message>
   <source>Fit the page to the width</source>
   <translation>Ajustar la página al ancho</translation>
  </message>
  <message>
   <source>Fit width</source>
   <translation>Ajustar al ancho</translation>
  </message>
  <message>
   <source>Folder</source>
   <translation>Carpeta</translation>
  </message>
  <message>
   <source>Folder of the trove</source>
   <translation>Carpeta del fondo</translation>
  </message>
  <message>
   <source>Folder the case is kept in</source>
   <translation>Carpeta donde se guarda el caso</translation>
  </message>
  <message>
   <source>Folders</source>
   <translation>Carpetas</translation>
  </message>
  <message>
   <source>For whom?</source>
   <translation>¿Para quién?</translation>
  </message>
  <message>
   <source>Forget recent cases</source>
   <translation>Olvidar los casos recientes</translation>
  </message>
  <message>
   <source>Form</source>
   <translation>Formato</translation>
  </message>
  <message>
   <source>Former surnames</source>
   <translation>Apellidos anteriores</translation>
  </message>
  <message>
   <source>French</source>
   <translation>Francés</translation>
  </message>
  <message>
   <source>From a file…</source>
   <translation>De un archivo…</translation>
  </message>
  <message>
   <source>From a list…</source>
   <translation>De una lista…</translation>
  </message>
  <message>
   <source>From page %1 on it is cut off or damaged.</source>
   <translation>Desde la página %1 está cortado o dañado.</translation>
  </message>
  <message>
   <source>Full: names and particulars</source>
   <translation>Completo: nombres y datos</translation>
  </message>
  <message>
   <source>German</source>
   <translation>Alemán</translation>
  </message>
  <message>
   <source>Give a reason for letting sealed documents out, or leave them out.</source>
   <translation>Dé un motivo para dejar salir documentos sellados, o déjelos fuera.</translation>
  </message>
  <message>
   <source>Give a reason: every look at a sealed document stands in the ledger.</source>
   <translation>Dé un motivo: toda consulta de un documento sellado consta en el registro.</translation>
  </message>
  <message>
   <source>Give a reason: the list of exhibits explains every gap.</source>
   <translation>Dé un motivo: la lista de pruebas explica cada hueco.</translation>
  </message>
  <message>
   <source>Give the case a name without any of / \ : * ? " &lt; &gt; |.</source>
   <translation>Dé al caso un nombre sin / \ : * ? " &lt; &gt; |.</translation>
  </message>
  <message>
   <source>Give their name: it stands beside every decision.</source>
   <translation>Indique su nombre: figura junto a cada decisión.</translation>
  </message>
  <message>
   <source>Give your name: it stands beside every decision.</source>
   <translation>Dé su nombre: figura junto a cada decisión.</translation>
  </message>
  <message>
   <source>Granted</source>
   <translation>Concedida</translation>
  </message>
  <message>
   <source>Grey</source>
   <translation>Gris</translation>
  </message>
  <message>
   <source>Harm</source>
   <translation>Daño</translation>
  </message>
  <message>
   <source>Harm %1</source>
   <translation>Daño %1</translation>
  </message>
  <message>
   <source>Harm needs an officer: choose one, and a level.</source>
   <translation>El daño requiere un agente: elija uno y un nivel.</translation>
  </message>
  <message>
   <source>Harm over time, by the documents' dates</source>
   <translation>Daño en el tiempo, por fecha de los documentos</translation>
  </message>
  <message>
   <source>Harm: none … very high</source>
   <translation>Daño: ninguno … muy alto</translation>
  </message>
  <message>
   <source>Has attachments</source>
   <translation>Tiene adjuntos</translation>
  </message>
  <message>
   <source>Has hidden parts</source>
   <translation>Tiene partes ocultas</translation>
  </message>
  <message>
   <source>Has recognised text</source>
   <translation>Tiene texto reconocido</translation>
  </message>
  <message>
   <source>Head of the ledger</source>
   <translation>Cabeza del libro de actas</translation>
  </message>
  <message>
   <source>Hide content</source>
   <translation>Ocultar el contenido</translation>
  </message>
  <message>
   <source>High</source>
   <translation>Alto</translation>
  </message>
  <message>
   <source>High contrast</source>
   <translation>Alto contraste</translation>
  </message>
  <message>
   <source>High or very high</source>
   <translation>Alto o muy alto</translation>
  </message>
  <message>
   <source>Highlights: %1, %2 on this page, %3</source>
   <translation>Resaltado: %1, %2 en esta página, %3</translation>
  </message>
  <message>
   <source>History</source>
   <translation>Historial</translation>
  </message>
  <message>
   <source>Hits of the search</source>
   <translation>Aciertos de la búsqueda</translation>
  </message>
  <message>
   <source>How far it is</source>
   <translation>Cuánto va</translation>
  </message>
  <message>
   <source>How far the review is</source>
   <translation>Cuánto va la revisión</translation>
  </message>
  <message>
   <source>How far the review is. CSV and XLSX.</source>
   <translation>Hasta dónde llega la revisión. CSV y XLSX.</translation>
  </message>
  <message>
   <source>How many documents</source>
   <translation>Cuántos documentos</translation>
  </message>
  <message>
   <source>How much of people</source>
   <translation>Cuánto de las personas</translation>
  </message>
  <message>
   <source>How the files were read</source>
   <translation>Cómo se leyeron los archivos</translation>
  </message>
  <message>
   <source>How the list went</source>
   <translation>Resultado de la lista</translation>
  </message>
  <message>
   <source>How the review stands</source>
   <translation>Estado de la revisión</translation>
  </message>
  <message>
   <source>How the search was understood</source>
   <translation>Cómo se entendió la búsqueda</translation>
  </message>
  <message>
   <source>I have written it down</source>
   <translation>Lo he anotado</translation>
  </message>
  <message>
   <source>ID</source>
   <translation>ID</translation>
  </message>
  <message>
   <source>ID / SSN</source>
   <translation>Identidad / SSN</translation>
  </message>
  <message>
   <source>ITIN</source>
   <translation>ITIN</translation>
  </message>
  <message>
   <source>Image</source>
   <translation>Imagen</translation>
  </message>
  <message>
   <source>Import</source>
   <translation>Importar</translation>
  </message>
  <message>
   <source>Import %1 %</source>
   <translation>Importación %1 %</translation>
  </message>
  <message>
   <source>Import %1 files</source>
   <translation>Importación: %1 archivos</translation>
  </message>
  <message>
   <source>Import documents</source>
   <translation>Importar documentos</translation>
  </message>
  <message>
   <source>Import documents…</source>
   <translation>Importar documentos…</translation>
  </message>
  <message>
   <source>Import finished</source>
   <translation>Importación terminada</translation>
  </message>
  <message>
   <source>Import roster</source>
   <translation>Importar la nómina</translation>
  </message>
  <message>
   <source>Import roster…</source>
   <translation>Importar la nómina…</translation>
  </message>
  <message>
   <source>Import stopped</source>
   <translation>Importación detenida</translation>
  </message>
  <message>
   <source>Import: starting</source>
   <translation>Importación: empezando</translation>
  </message>
  <message>
   <source>In several places</source>
   <translation>En varios lugares</translation>
  </message>
  <message>
   <source>In the same thread</source>
   <translation>En el mismo hilo</translation>
  </message>
  <message>
   <source>In the sample, every name and document is made up.</source>
   <translation>En el ejemplo, todos los nombres y documentos son inventados.</translation>
  </message>
  <message>
   <source>Informant</source>
   <translation>Informante</translation>
  </message>
  <message>
   <source>Inside another</source>
   <translation>Dentro de otro</translation>
  </message>
  <message>
   <source>Intelligence</source>
   <translation>Inteligencia</translation>
  </message>
  <message>
   <source>Into the viewer</source>
   <translation>Al visor</translation>
  </message>
  <message>
   <source>Issue code or label</source>
   <translation>Código de asunto o marca</translation>
  </message>
  <message>
   <source>It acts everywhere, also while you type: take a key with Ctrl or Alt, or F2.</source>
   <translation>Actúa en todas partes, también mientras escribe: use una tecla con Ctrl o Alt, o F2.</translation>
  </message>
  <message>
   <source>It breaks off or is damaged; what came before was unpacked.</source>
   <translation>Se interrumpe o está dañado; lo anterior se extrajo.</translation>
  </message>
  <message>
   <source>It breaks off, or bytes of it are damaged.</source>
   <translation>Se interrumpe, o algunos de sus bytes están dañados.</translation>
  </message>
  <message>
   <source>It cannot be read: %1.</source>
   <translation>No se puede leer: %1.</translation>
  </message>
  <message>
   <source>It does not start as a TNEF file does.</source>
   <translation>No empieza como un archivo TNEF.</translation>
  </message>
  <message>
   <source>It holds a signature or certificates, not what was signed.</source>
   <translation>Contiene una firma o certificados, no lo firmado.</translation>
  </message>
  <message>
   <source>It is a device, pipe or socket, not a file.</source>
   <translation>Es un dispositivo, una tubería o un socket, no un archivo.</translation>
  </message>
  <message>
   <source>It is a sparse file of %1 bytes, nearly all of them holes.</source>
   <translation>Es un archivo disperso de %1 bytes, casi todos huecos.</translation>
  </message>
  <message>
   <source>It is a store of keys, locked with a password.</source>
   <translation>Es un almacén de claves, bloqueado con una contraseña.</translation>
  </message>
  <message>
   <source>It is a symbolic link; links are listed, not followed.</source>
   <translation>Es un enlace simbólico; los enlaces se enumeran, no se siguen.</translation>
  </message>
  <message>
   <source>It is an exhibit already: %1.</source>
   <translation>Ya es una prueba: %1.</translation>
  </message>
  <message>
   <source>It is enciphered for a recipient's key.</source>
   <translation>Está cifrado para la clave de un destinatario.</translation>
  </message>
  <message>
   <source>It is of a kind that this version does not read.</source>
   <translation>Es de una clase que esta versión no lee.</translation>
  </message>
  <message>
   <source>It is one of several volumes; a member that goes on in another is cut.</source>
   <translation>Es uno de varios volúmenes; un miembro que sigue en otro queda cortado.</translation>
  </message>
  <message>
   <source>It is one of several volumes; what goes on in another was not read.</source>
   <translation>Es uno de varios volúmenes; lo que sigue en otro no se leyó.</translation>
  </message>
  <message>
   <source>It is only read, and may be on a removable drive.</source>
   <translation>Solo se lee, y puede estar en una unidad extraíble.</translation>
  </message>
  <message>
   <source>It is printed as it stands. See that it names nobody whom the exhibit hides.</source>
   <translation>Se imprime tal cual. Vea que no nombre a nadie a quien la prueba oculta.</translation>
  </message>
  <message>
   <source>It is printed in the list of gaps</source>
   <translation>Se imprime en la lista de huecos</translation>
  </message>
  <message>
   <source>It is sealed: a reason, which stands in the ledger</source>
   <translation>Está sellado: un motivo, que consta en el libro de actas</translation>
  </message>
  <message>
   <source>It needs more memory than one document may use.</source>
   <translation>Necesita más memoria de la que un documento puede usar.</translation>
  </message>
  <message>
   <source>It opens the case when the passphrase is lost. Write it on paper and keep it somewhere else: it is shown this once.</source>
   <translation>Abre el caso si se pierde la frase de contraseña. Anótelo en papel y guárdelo en otro lugar: se muestra solo esta vez.</translation>
  </message>
  <message>
   <source>It was known already</source>
   <translation>Ya se conocía</translation>
  </message>
  <message>
   <source>It was not indexed: %1</source>
   <translation>No se indexó: %1</translation>
  </message>
  <message>
   <source>It was not recognised again.</source>
   <translation>No se reconoció otra vez.</translation>
  </message>
  <message>
   <source>Italian</source>
   <translation>Italiano</translation>
  </message>
  <message>
   <source>Its container is damaged: nothing could be read.</source>
   <translation>Su contenedor está dañado: no se pudo leer nada.</translation>
  </message>
  <message>
   <source>Its file cannot be read: %1.</source>
   <translation>Su archivo no se puede leer: %1.</translation>
  </message>
  <message>
   <source>Its structure is broken: nothing could be read.</source>
   <translation>Su estructura está rota: no se pudo leer nada.</translation>
  </message>
  <message>
   <source>Its type is not known; only readable strings were taken from it.</source>
   <translation>Su tipo no se conoce; solo se tomaron cadenas legibles.</translation>
  </message>
  <message>
   <source>Keep</source>
   <translation>Guardar</translation>
  </message>
  <message>
   <source>Keep a backup in</source>
   <translation>Guardar una copia en</translation>
  </message>
  <message>
   <source>Keep mine</source>
   <translation>Conservar lo mío</translation>
  </message>
  <message>
   <source>Keep the case in</source>
   <translation>Guardar el caso en</translation>
  </message>
  <message>
   <source>Keep the plan</source>
   <translation>Guardar el plan</translation>
  </message>
  <message>
   <source>Keep the seals</source>
   <translation>Guardar los sellos</translation>
  </message>
  <message>
   <source>Keep working</source>
   <translation>Seguir trabajando</translation>
  </message>
  <message>
   <source>Kept in</source>
   <translation>Se guarda en</translation>
  </message>
  <message>
   <source>Kept in the case. A dot shows when it finds something new.</source>
   <translation>Se guarda en el caso. Un punto indica que halla algo nuevo.</translation>
  </message>
  <message>
   <source>Key %1</source>
   <translation>Tecla %1</translation>
  </message>
  <message>
   <source>Key store of this computer</source>
   <translation>Almacén de claves de este equipo</translation>
  </message>
  <message>
   <source>Keys</source>
   <translation>Teclas</translation>
  </message>
  <message>
   <source>Keys…</source>
   <translation>Teclas…</translation>
  </message>
  <message>
   <source>Korean</source>
   <translation>Coreano</translation>
  </message>
  <message>
   <source>Label</source>
   <translation>Marca</translation>
  </message>
  <message>
   <source>Label %1 documents</source>
   <translation>Marcar %1 documentos</translation>
  </message>
  <message>
   <source>Label %1 removed from %2</source>
   <translation>Marca %1 retirada de %2</translation>
  </message>
  <message>
   <source>Label %1 set on %2</source>
   <translation>Marca %1 puesta en %2</translation>
  </message>
  <message>
   <source>Label %1, %2</source>
   <translation>Marca %1, %2</translation>
  </message>
  <message>
   <source>Label 1 document</source>
   <translation>Marcar 1 documento</translation>
  </message>
  <message>
   <source>Labels</source>
   <translation>Marcas</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>Idioma</translation>
  </message>
  <message>
   <source>Languages in which the text of scans is recognised. None: scans are left as pictures.</source>
   <translation>Idiomas en que se reconoce el texto de los escaneos. Ninguno: quedan como imágenes.</translation>
  </message>
  <message>
   <source>Larger text</source>
   <translation>Texto más grande</translation>
  </message>
  <message>
   <source>Last four of the SSN</source>
   <translation>Últimas cuatro cifras del SSN</translation>
  </message>
  <message>
   <source>Last name</source>
   <translation>Apellido</translation>
  </message>
  <message>
   <source>Leave them out</source>
   <translation>Dejarlos fuera</translation>
  </message>
  <message>
   <source>Leave these out</source>
   <translation>Excluir estos</translation>
  </message>
  <message>
   <source>Ledger ✓</source>
   <translation>Registro ✓</translation>
  </message>
  <message>
   <source>Left out</source>
   <translation>Excluidos</translation>
  </message>
  <message>
   <source>Left to review</source>
   <translation>Por revisar</translation>
  </message>
  <message>
   <source>Legend</source>
   <translation>Leyenda</translation>
  </message>
  <message>
   <source>Legend on every sheet</source>
   <translation>Leyenda en cada hoja</translation>
  </message>
  <message>
   <source>Let it open the case</source>
   <translation>Permitir que abra el caso</translation>
  </message>
  <message>
   <source>Let them out, with a reason that is recorded</source>
   <translation>Dejarlos salir, con un motivo que queda registrado</translation>
  </message>
  <message>
   <source>Letter</source>
   <translation>Carta</translation>
  </message>
  <message>
   <source>Letters</source>
   <translation>Letra</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>Claro</translation>
  </message>
  <message>
   <source>Limit</source>
   <translation>Límite</translation>
  </message>
  <message>
   <source>Line</source>
   <translation>Línea</translation>
  </message>
  <message>
   <source>Line %1: %2</source>
   <translation>Línea %1: %2</translation>
  </message>
  <message>
   <source>Lines that are left out</source>
   <translation>Líneas que quedan fuera</translation>
  </message>
  <message>
   <source>List of queries</source>
   <translation>Lista de consultas</translation>
  </message>
  <message>
   <source>Load file</source>
   <translation>Archivo de carga</translation>
  </message>
  <message>
   <source>Lock</source>
   <translation>Bloquear</translation>
  </message>
  <message>
   <source>Lock the case</source>
   <translation>Bloquear el caso</translation>
  </message>
  <message>
   <source>Locking the case does not stop it, and closing the window waits for it.</source>
   <translation>Bloquear el caso no lo detiene, y al cerrar la ventana se espera a que acabe.</translation>
  </message>
  <message>
   <source>Locks by itself</source>
   <translation>Se bloquea solo</translation>
  </message>
  <message>
   <source>Low</source>
   <translation>Bajo</translation>
  </message>
  <message>
   <source>Mail</source>
   <translation>Correo</translation>
  </message>
  <message>
   <source>Mail address</source>
   <translation>Correo electrónico</translation>
  </message>
  <message>
   <source>Mailbox</source>
   <translation>Buzón</translation>
  </message>
  <message>
   <source>Make a new recovery code</source>
   <translation>Crear un nuevo código de recuperación</translation>
  </message>
  <message>
   <source>Making the sample, once…</source>
   <translation>Creando el ejemplo, una sola vez…</translation>
  </message>
  <message>
   <source>Mark %1 documents</source>
   <translation>Dar por revisados %1 documentos</translation>
  </message>
  <message>
   <source>Mark 1 document</source>
   <translation>Dar por revisado 1 documento</translation>
  </message>
  <message>
   <source>Mark reviewed</source>
   <translation>Dar por revisado</translation>
  </message>
  <message>
   <source>Mark the row</source>
   <translation>Marcar la fila</translation>
  </message>
  <message>
   <source>Marked</source>
   <translation>Marcada</translation>
  </message>
  <message>
   <source>Marked %1</source>
   <translation>Marcada %1</translation>
  </message>
  <message>
   <source>Marked, %1</source>
   <translation>Seleccionado, %1</translation>
  </message>
  <message>
   <source>Medical</source>
   <translation>Salud</translation>
  </message>
  <message>
   <source>Medium</source>
   <translation>Medio</translation>
  </message>
  <message>
   <source>Mental health</source>
   <translation>Salud mental</translation>
  </message>
  <message>
   <source>Metadata</source>
   <translation>Metadatos</translation>
  </message>
  <message>
   <source>Method, findings, figures, limits and an appendix of hashes, to be reviewed and signed. DOCX and PDF.</source>
   <translation>Método, hallazgos, cifras, límites y un anexo de hashes, para revisar y firmar. DOCX y PDF.</translation>
  </message>
  <message>
   <source>Middle name</source>
   <translation>Segundo nombre</translation>
  </message>
  <message>
   <source>Minor</source>
   <translation>Menor</translation>
  </message>
  <message>
   <source>Monitoring</source>
   <translation>Vigilancia</translation>
  </message>
  <message>
   <source>More like this</source>
   <translation>Más como este</translation>
  </message>
  <message>
   <source>Move down</source>
   <translation>Bajar</translation>
  </message>
  <message>
   <source>Move up</source>
   <translation>Subir</translation>
  </message>
  <message>
   <source>Much of what was recognised is probably wrong: %1.</source>
   <translation>Mucho de lo reconocido es probablemente erróneo: %1.</translation>
  </message>
  <message>
   <source>N new box · arrows move, Shift resizes, Ctrl fine · Space next · Del removes</source>
   <translation>N recuadro nuevo · flechas mueven, Mayús cambia el tamaño, Ctrl fino · Espacio siguiente · Supr quita</translation>
  </message>
  <message>
   <source>NOTHING WAS WRITTEN</source>
   <translation>NO SE ESCRIBIÓ NADA</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Nombre</translation>
  </message>
  <message>
   <source>Name a file that ends in .pdf.</source>
   <translation>Nombre un archivo que acabe en .pdf.</translation>
  </message>
  <message>
   <source>Name of the case</source>
   <translation>Nombre del caso</translation>
  </message>
  <message>
   <source>Name of the sample</source>
   <translation>Nombre de la muestra</translation>
  </message>
  <message>
   <source>Name of the search</source>
   <translation>Nombre de la búsqueda</translation>
  </message>
  <message>
   <source>Name or badge</source>
   <translation>Nombre o placa</translation>
  </message>
  <message>
   <source>Named in</source>
   <translation>Nombrado en</translation>
  </message>
  <message>
   <source>Named so far</source>
   <translation>Nombrado hasta ahora</translation>
  </message>
  <message>
   <source>Names, divided by commas</source>
   <translation>Nombres, separados por comas</translation>
  </message>
  <message>
   <source>Names, particulars and what was exposed of people</source>
   <translation>Nombres, datos y lo expuesto de las personas</translation>
  </message>
  <message>
   <source>Narrows the results to what is tagged for them.</source>
   <translation>Limita los resultados a lo etiquetado para esa persona.</translation>
  </message>
  <message>
   <source>New file</source>
   <translation>Archivo nuevo</translation>
  </message>
  <message>
   <source>New folder</source>
   <translation>Carpeta nueva</translation>
  </message>
  <message>
   <source>New for this officer: %1.</source>
   <translation>Nuevos para este agente: %1.</translation>
  </message>
  <message>
   <source>New passphrase</source>
   <translation>Nueva frase de contraseña</translation>
  </message>
  <message>
   <source>New passphrase, once more</source>
   <translation>Nueva frase de contraseña, otra vez</translation>
  </message>
  <message>
   <source>Next change</source>
   <translation>Cambio siguiente</translation>
  </message>
  <message>
   <source>Next document</source>
   <translation>Documento siguiente</translation>
  </message>
  <message>
   <source>Next hit</source>
   <translation>Acierto siguiente</translation>
  </message>
  <message>
   <source>Next page</source>
   <translation>Página siguiente</translation>
  </message>
  <message>
   <source>Next pane</source>
   <translation>Panel siguiente</translation>
  </message>
  <message>
   <source>Next sheet</source>
   <translation>Hoja siguiente</translation>
  </message>
  <message>
   <source>Next, previous with hits</source>
   <translation>Siguiente, anterior con aciertos</translation>
  </message>
  <message>
   <source>No date</source>
   <translation>Sin fecha</translation>
  </message>
  <message>
   <source>No dates</source>
   <translation>Sin fechas</translation>
  </message>
  <message>
   <source>No document is locked with a password.</source>
   <translation>Ningún documento está protegido con contraseña.</translation>
  </message>
  <message>
   <source>No document is open.
Choose one in the list with J and K.</source>
   <translation>No hay ningún documento abierto.
Elija uno en la lista con J y K.</translation>
  </message>
  <message>
   <source>No further document with hits.</source>
   <translation>No hay más documentos con aciertos.</translation>
  </message>
  <message>
   <source>No key store any more</source>
   <translation>Ningún almacén de claves más</translation>
  </message>
  <message>
   <source>No longer leave out</source>
   <translation>Dejar de excluir</translation>
  </message>
  <message>
   <source>No longer only these</source>
   <translation>Dejar de limitar a estos</translation>
  </message>
  <message>
   <source>No open conflict has that act; it may be settled already.</source>
   <translation>Ningún conflicto abierto tiene ese acto; quizá ya esté resuelto.</translation>
  </message>
  <message>
   <source>No other text of this page</source>
   <translation>No hay otro texto de esta página</translation>
  </message>
  <message>
   <source>No text was found in it, nor recognised.</source>
   <translation>No se encontró texto en él, ni se reconoció.</translation>
  </message>
  <message>
   <source>No text was found in it.</source>
   <translation>No se encontró texto en él.</translation>
  </message>
  <message>
   <source>Nobody disagrees: there is nothing to settle.</source>
   <translation>Nadie discrepa: no hay nada que resolver.</translation>
  </message>
  <message>
   <source>Nobody is chosen yet.</source>
   <translation>Aún no se ha elegido a nadie.</translation>
  </message>
  <message>
   <source>Nobody yet.</source>
   <translation>Nadie todavía.</translation>
  </message>
  <message>
   <source>Nobody yet. Press %1 to add an officer.</source>
   <translation>Nadie todavía. Pulse %1 para añadir un agente.</translation>
  </message>
  <message>
   <source>None</source>
   <translation>Ninguno</translation>
  </message>
  <message>
   <source>Not coded</source>
   <translation>Sin codificar</translation>
  </message>
  <message>
   <source>Not decided</source>
   <translation>Sin decidir</translation>
  </message>
  <message>
   <source>Not in this document</source>
   <translation>No está en este documento</translation>
  </message>
  <message>
   <source>Not recognised: %1. %2</source>
   <translation>No reconocido: %1. %2</translation>
  </message>
  <message>
   <source>Not run: %1.</source>
   <translation>No ejecutadas: %1.</translation>
  </message>
  <message>
   <source>Not to be told</source>
   <translation>No se avisa</translation>
  </message>
  <message>
   <source>Not what its name says</source>
   <translation>No es lo que dice su nombre</translation>
  </message>
  <message>
   <source>Note</source>
   <translation>Nota</translation>
  </message>
  <message>
   <source>Nothing came of it.</source>
   <translation>No salió nada de ello.</translation>
  </message>
  <message>
   <source>Nothing has been decided about this document yet.</source>
   <translation>Aún no se ha decidido nada sobre este documento.</translation>
  </message>
  <message>
   <source>Nothing is marked on this page</source>
   <translation>No hay nada marcado en esta página</translation>
  </message>
  <message>
   <source>Nothing is running.</source>
   <translation>No hay nada en curso.</translation>
  </message>
  <message>
   <source>Nothing matches the search and all filters.</source>
   <translation>Nada coincide con la búsqueda y todos los filtros.</translation>
  </message>
  <message>
   <source>Nothing matches. Try fewer words, or another spelling.</source>
   <translation>Nada coincide. Pruebe menos palabras u otra grafía.</translation>
  </message>
  <message>
   <source>Nothing to assign: the query finds nothing that is not assigned already.</source>
   <translation>Nada que repartir: la consulta no halla nada que no esté ya repartido.</translation>
  </message>
  <message>
   <source>Nothing to do</source>
   <translation>Nada que hacer</translation>
  </message>
  <message>
   <source>Nothing to do: all of these documents are coded for that officer.</source>
   <translation>Nada que hacer: todos estos documentos están codificados para ese agente.</translation>
  </message>
  <message>
   <source>Nothing to draw from: the query finds no reviewed document.</source>
   <translation>Nada que sortear: la consulta no halla ningún documento revisado.</translation>
  </message>
  <message>
   <source>Nothing to redact was found: name a text, a kind of data or an officer that stands in this document.</source>
   <translation>No se halló nada que tachar: nombre un texto, un tipo de dato o un agente que figure en este documento.</translation>
  </message>
  <message>
   <source>Nothing to show yet.</source>
   <translation>Aún no hay nada que mostrar.</translation>
  </message>
  <message>
   <source>Nothing was exported: an error of this program, which was noted.</source>
   <translation>No se exportó nada: un error de este programa, que quedó anotado.</translation>
  </message>
  <message>
   <source>Notices</source>
   <translation>Avisos</translation>
  </message>
  <message>
   <source>Notices and credit monitoring…</source>
   <translation>Avisos y vigilancia de crédito…</translation>
  </message>
  <message>
   <source>Notices…</source>
   <translation>Avisos…</translation>
  </message>
  <message>
   <source>Number</source>
   <translation>Número</translation>
  </message>
  <message>
   <source>Number of the page to go to</source>
   <translation>Número de la página a la que ir</translation>
  </message>
  <message>
   <source>Numbers alone (small ones can still point at a person)</source>
   <translation>Solo números (los pequeños aún pueden señalar a una persona)</translation>
  </message>
  <message>
   <source>Of people</source>
   <translation>De las personas</translation>
  </message>
  <message>
   <source>Of which documents</source>
   <translation>De qué documentos</translation>
  </message>
  <message>
   <source>Offered</source>
   <translation>Ofrecida</translation>
  </message>
  <message>
   <source>Offered %1</source>
   <translation>Ofrecida %1</translation>
  </message>
  <message>
   <source>Officer</source>
   <translation>Agente</translation>
  </message>
  <message>
   <source>Officer dossier</source>
   <translation>Dosier de un agente</translation>
  </message>
  <message>
   <source>Officer's page</source>
   <translation>Página del agente</translation>
  </message>
  <message>
   <source>Officer: %1</source>
   <translation>Agente: %1</translation>
  </message>
  <message>
   <source>Officers</source>
   <translation>Agentes</translation>
  </message>
  <message>
   <source>Officers found</source>
   <translation>Agentes hallados</translation>
  </message>
  <message>
   <source>Officers on the roster</source>
   <translation>Agentes en la nómina</translation>
  </message>
  <message>
   <source>Ok</source>
   <translation>Leído</translation>
  </message>
  <message>
   <source>One moment…</source>
   <translation>Un momento…</translation>
  </message>
  <message>
   <source>One person's pages with everybody else blacked out, and a draft certificate.</source>
   <translation>Las páginas de una persona con todos los demás tachados, y un borrador de certificado.</translation>
  </message>
  <message>
   <source>Only a lead changes these.</source>
   <translation>Solo un responsable los cambia.</translation>
  </message>
  <message>
   <source>Only a lead of this case may do that; ask one.</source>
   <translation>Solo un responsable de este caso puede hacerlo; pídaselo.</translation>
  </message>
  <message>
   <source>Only a part of the %1 document was read: %2.</source>
   <translation>Solo se leyó una parte del documento %1: %2.</translation>
  </message>
  <message>
   <source>Only exposed</source>
   <translation>Solo expuestos</translation>
  </message>
  <message>
   <source>Only here</source>
   <translation>Solo aquí</translation>
  </message>
  <message>
   <source>Only page %1</source>
   <translation>Solo la página %1</translation>
  </message>
  <message>
   <source>Only readable runs of characters were taken from it.</source>
   <translation>De él solo se tomaron series legibles de caracteres.</translation>
  </message>
  <message>
   <source>Only readable strings and what is embedded were taken from it.</source>
   <translation>De él solo se tomaron cadenas legibles y lo incrustado.</translation>
  </message>
  <message>
   <source>Only the beginnings were compared: the texts are very long.</source>
   <translation>Solo se compararon los comienzos: los textos son muy largos.</translation>
  </message>
  <message>
   <source>Only the first %1 MiB of the document were read.</source>
   <translation>Solo se leyeron los primeros %1 MiB del documento.</translation>
  </message>
  <message>
   <source>Only the first %1 MiB were read.</source>
   <translation>Solo se leyeron los primeros %1 MiB.</translation>
  </message>
  <message>
   <source>Only the first %1 characters were read.</source>
   <translation>Solo se leyeron los primeros %1 caracteres.</translation>
  </message>
  <message>
   <source>Only the first %1 frames of the animation were read.</source>
   <translation>Solo se leyeron los primeros %1 cuadros de la animación.</translation>
  </message>
  <message>
   <source>Only the first %1 pages were read.</source>
   <translation>Solo se leyeron las primeras %1 páginas.</translation>
  </message>
  <message>
   <source>Only the first %1 parts were read.</source>
   <translation>Solo se leyeron las primeras %1 partes.</translation>
  </message>
  <message>
   <source>Only the first of its members are listed.</source>
   <translation>Solo se enumeran los primeros de sus miembros.</translation>
  </message>
  <message>
   <source>Only these</source>
   <translation>Solo estos</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>Abrir</translation>
  </message>
  <message>
   <source>Open %1</source>
   <translation>Abrir %1</translation>
  </message>
  <message>
   <source>Open a case…</source>
   <translation>Abrir un caso…</translation>
  </message>
  <message>
   <source>Open a document to say whom it harms.</source>
   <translation>Abra un documento para decir a quién daña.</translation>
  </message>
  <message>
   <source>Open a sealed document</source>
   <translation>Abrir un documento sellado</translation>
  </message>
  <message>
   <source>Open a sealed document…</source>
   <translation>Abrir un documento sellado…</translation>
  </message>
  <message>
   <source>Open by the key store</source>
   <translation>Abrir con el almacén de claves</translation>
  </message>
  <message>
   <source>Open by the recovery code</source>
   <translation>Abrir con el código de recuperación</translation>
  </message>
  <message>
   <source>Open document</source>
   <translation>Abrir el documento</translation>
  </message>
  <message>
   <source>Open my queue</source>
   <translation>Abrir mi cola</translation>
  </message>
  <message>
   <source>Open search</source>
   <translation>Abrir la búsqueda</translation>
  </message>
  <message>
   <source>Open the case %1</source>
   <translation>Abrir el caso %1</translation>
  </message>
  <message>
   <source>Open the folder</source>
   <translation>Abrir la carpeta</translation>
  </message>
  <message>
   <source>Originals are the attackers' bytes. They end in .untrusted so that no double-click opens one: tell who receives them.</source>
   <translation>Los originales son bytes de los atacantes. Acaban en .untrusted para que ningún doble clic los abra: avise a quien los reciba.</translation>
  </message>
  <message>
   <source>Other</source>
   <translation>Otro</translation>
  </message>
  <message>
   <source>Other names</source>
   <translation>Otros nombres</translation>
  </message>
  <message>
   <source>Overwrite</source>
   <translation>Sobrescribir</translation>
  </message>
  <message>
   <source>PDF</source>
   <translation>PDF</translation>
  </message>
  <message>
   <source>Page</source>
   <translation>Página</translation>
  </message>
  <message>
   <source>Page %1</source>
   <translation>Página %1</translation>
  </message>
  <message>
   <source>Page %1 is cut off or damaged.</source>
   <translation>La página %1 está cortada o dañada.</translation>
  </message>
  <message>
   <source>Page %1 is damaged.</source>
   <translation>La página %1 está dañada.</translation>
  </message>
  <message>
   <source>Page as it looks</source>
   <translation>La página como se ve</translation>
  </message>
  <message>
   <source>Page by its number</source>
   <translation>Página por su número</translation>
  </message>
  <message>
   <source>Page text</source>
   <translation>Texto de la página</translation>
  </message>
  <message>
   <source>Page thumbnails</source>
   <translation>Miniaturas de las páginas</translation>
  </message>
  <message>
   <source>Pages</source>
   <translation>Páginas</translation>
  </message>
  <message>
   <source>Pages of the documents themselves</source>
   <translation>Páginas de los propios documentos</translation>
  </message>
  <message>
   <source>Paper</source>
   <translation>Papel</translation>
  </message>
  <message>
   <source>Partial</source>
   <translation>Parcial</translation>
  </message>
  <message>
   <source>Passage</source>
   <translation>Pasaje</translation>
  </message>
  <message>
   <source>Passphrase</source>
   <translation>Frase de contraseña</translation>
  </message>
  <message>
   <source>Passphrase lost</source>
   <translation>Frase perdida</translation>
  </message>
  <message>
   <source>Passphrase of the export</source>
   <translation>Contraseña de la exportación</translation>
  </message>
  <message>
   <source>Passphrase, key store and recovery code</source>
   <translation>Frase de contraseña, almacén de claves y código</translation>
  </message>
  <message>
   <source>Passphrase, key store, recovery code…</source>
   <translation>Frase de contraseña, almacén de claves, código…</translation>
  </message>
  <message>
   <source>Passphrase, once more</source>
   <translation>Frase de contraseña, otra vez</translation>
  </message>
  <message>
   <source>Passport number</source>
   <translation>Número de pasaporte</translation>
  </message>
  <message>
   <source>Password</source>
   <translation>Contraseña</translation>
  </message>
  <message>
   <source>Passwords of documents</source>
   <translation>Contraseñas de documentos</translation>
  </message>
  <message>
   <source>Passwords, one a line</source>
   <translation>Contraseñas, una por línea</translation>
  </message>
  <message>
   <source>Path</source>
   <translation>Ruta</translation>
  </message>
  <message>
   <source>Pending</source>
   <translation>Pendiente</translation>
  </message>
  <message>
   <source>People</source>
   <translation>Personas</translation>
  </message>
  <message>
   <source>Persons to notify</source>
   <translation>Personas que notificar</translation>
  </message>
  <message>
   <source>Place among the changes</source>
   <translation>Lugar entre los cambios</translation>
  </message>
  <message>
   <source>Place among the hits</source>
   <translation>Lugar entre los aciertos</translation>
  </message>
  <message>
   <source>Place among the pages</source>
   <translation>Lugar entre las páginas</translation>
  </message>
  <message>
   <source>Place of the Bates number</source>
   <translation>Lugar del número Bates</translation>
  </message>
  <message>
   <source>Place of the sticker</source>
   <translation>Lugar de la etiqueta adhesiva</translation>
  </message>
  <message>
   <source>Places found in this document</source>
   <translation>Lugares hallados en este documento</translation>
  </message>
  <message>
   <source>Plan the review</source>
   <translation>Planificar la revisión</translation>
  </message>
  <message>
   <source>Plan the review…</source>
   <translation>Planificar la revisión…</translation>
  </message>
  <message>
   <source>Polish</source>
   <translation>Polaco</translation>
  </message>
  <message>
   <source>Polygraph</source>
   <translation>Polígrafo</translation>
  </message>
  <message>
   <source>Portuguese</source>
   <translation>Portugués</translation>
  </message>
  <message>
   <source>Postal address</source>
   <translation>Dirección postal</translation>
  </message>
  <message>
   <source>Preferences</source>
   <translation>Preferencias</translation>
  </message>
  <message>
   <source>Preferences…</source>
   <translation>Preferencias…</translation>
  </message>
  <message>
   <source>Prefix</source>
   <translation>Prefijo</translation>
  </message>
  <message>
   <source>Press the key that is to do it.</source>
   <translation>Pulse la tecla que ha de hacerlo.</translation>
  </message>
  <message>
   <source>Press the new key</source>
   <translation>Pulse la tecla nueva</translation>
  </message>
  <message>
   <source>Previous change</source>
   <translation>Cambio anterior</translation>
  </message>
  <message>
   <source>Previous document</source>
   <translation>Documento anterior</translation>
  </message>
  <message>
   <source>Previous hit</source>
   <translation>Acierto anterior</translation>
  </message>
  <message>
   <source>Previous page</source>
   <translation>Página anterior</translation>
  </message>
  <message>
   <source>Previous pane</source>
   <translation>Panel anterior</translation>
  </message>
  <message>
   <source>Previous sheet</source>
   <translation>Hoja anterior</translation>
  </message>
  <message>
   <source>Previous with hits</source>
   <translation>Anterior con aciertos</translation>
  </message>
  <message>
   <source>Privilege log</source>
   <translation>Registro de privilegio</translation>
  </message>
  <message>
   <source>Privileged</source>
   <translation>Privilegiado</translation>
  </message>
  <message>
   <source>Privileged: withheld</source>
   <translation>Privilegiado: retenido</translation>
  </message>
  <message>
   <source>Problem</source>
   <translation>Problema</translation>
  </message>
  <message>
   <source>Problem with the search</source>
   <translation>Problema con la búsqueda</translation>
  </message>
  <message>
   <source>Progress</source>
   <translation>Avance</translation>
  </message>
  <message>
   <source>Proposed harm</source>
   <translation>Daño propuesto</translation>
  </message>
  <message>
   <source>Proposed {0} {1}: {2}.</source>
   <translation>Propuesto {0} {1}: {2}.</translation>
  </message>
  <message>
   <source>Protected</source>
   <translation>Protegido</translation>
  </message>
  <message>
   <source>Pseudonymised: a code for each person</source>
   <translation>Seudonimizado: un código por persona</translation>
  </message>
  <message>
   <source>Puts back what was decided from the newest backup that holds</source>
   <translation>Repone lo decidido de la copia válida más reciente</translation>
  </message>
  <message>
   <source>Quarantined</source>
   <translation>En cuarentena</translation>
  </message>
  <message>
   <source>Queries of the list</source>
   <translation>Consultas de la lista</translation>
  </message>
  <message>
   <source>Query</source>
   <translation>Consulta</translation>
  </message>
  <message>
   <source>Rank</source>
   <translation>Rango</translation>
  </message>
  <message>
   <source>Read this document again, with the places of its words</source>
   <translation>Leer este documento de nuevo, con los lugares de sus palabras</translation>
  </message>
  <message>
   <source>Reading</source>
   <translation>Lectura</translation>
  </message>
  <message>
   <source>Reading the trove</source>
   <translation>Leyendo el fondo</translation>
  </message>
  <message>
   <source>Reading this file needs more memory than is allowed.</source>
   <translation>Leer este archivo necesita más memoria de la permitida.</translation>
  </message>
  <message>
   <source>Reason</source>
   <translation>Motivo</translation>
  </message>
  <message>
   <source>Reason printed on the box</source>
   <translation>Motivo impreso en el recuadro</translation>
  </message>
  <message>
   <source>Reason; it stands in the ledger</source>
   <translation>Motivo; consta en el libro de actas</translation>
  </message>
  <message>
   <source>Recent cases</source>
   <translation>Casos recientes</translation>
  </message>
  <message>
   <source>Recognise %1</source>
   <translation>Reconocer %1</translation>
  </message>
  <message>
   <source>Recognise it again</source>
   <translation>Reconocerlo de nuevo</translation>
  </message>
  <message>
   <source>Recognising text</source>
   <translation>Reconociendo texto</translation>
  </message>
  <message>
   <source>Recognising text · page %1 of %2</source>
   <translation>Reconociendo texto · página %1 de %2</translation>
  </message>
  <message>
   <source>Recovery code</source>
   <translation>Código de recuperación</translation>
  </message>
  <message>
   <source>Recovery code, from your paper</source>
   <translation>Código de recuperación, de su papel</translation>
  </message>
  <message>
   <source>Recovery code, typed back</source>
   <translation>Código de recuperación, escrito de nuevo</translation>
  </message>
  <message>
   <source>Redact the document</source>
   <translation>Tachar el documento</translation>
  </message>
  <message>
   <source>Redact the document…</source>
   <translation>Tachar el documento…</translation>
  </message>
  <message>
   <source>Redacted</source>
   <translation>Tachado</translation>
  </message>
  <message>
   <source>Redacted copy written: %1 and its log.</source>
   <translation>Copia tachada escrita: %1 y su registro.</translation>
  </message>
  <message>
   <source>Redaction</source>
   <translation>Tachado</translation>
  </message>
  <message>
   <source>Redaction log</source>
   <translation>Registro de tachaduras</translation>
  </message>
  <message>
   <source>Redact…</source>
   <translation>Tachar…</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>Rehacer</translation>
  </message>
  <message>
   <source>Refused</source>
   <translation>Denegada</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Quitar</translation>
  </message>
  <message>
   <source>Remove all filters</source>
   <translation>Quitar todos los filtros</translation>
  </message>
  <message>
   <source>Remove category %1</source>
   <translation>Quitar la categoría %1</translation>
  </message>
  <message>
   <source>Remove filter %1</source>
   <translation>Quitar el filtro %1</translation>
  </message>
  <message>
   <source>Remove the chosen entry</source>
   <translation>Quitar la entrada elegida</translation>
  </message>
  <message>
   <source>Report</source>
   <translation>Informe</translation>
  </message>
  <message>
   <source>Reported, and sealed for good: it is neither shown nor copied here. Leave it to the authorities.</source>
   <translation>Denunciado y sellado para siempre: aquí ni se muestra ni se copia. Déjelo a las autoridades.</translation>
  </message>
  <message>
   <source>Responsive</source>
   <translation>Pertinente</translation>
  </message>
  <message>
   <source>Results</source>
   <translation>Resultados</translation>
  </message>
  <message>
   <source>Results alone</source>
   <translation>Solo los resultados</translation>
  </message>
  <message>
   <source>Retry</source>
   <translation>Reintentar</translation>
  </message>
  <message>
   <source>Retry all</source>
   <translation>Reintentar todo</translation>
  </message>
  <message>
   <source>Retry all: %1 (%2)</source>
   <translation>Reintentar todos: %1 (%2)</translation>
  </message>
  <message>
   <source>Retry this one</source>
   <translation>Reintentar este</translation>
  </message>
  <message>
   <source>Review</source>
   <translation>Revisión</translation>
  </message>
  <message>
   <source>Review mode</source>
   <translation>Modo de revisión</translation>
  </message>
  <message>
   <source>Review mode. %1 leads back.</source>
   <translation>Modo de revisión. %1 vuelve atrás.</translation>
  </message>
  <message>
   <source>Review packs and conflicts</source>
   <translation>Paquetes de revisión y conflictos</translation>
  </message>
  <message>
   <source>Review packs and conflicts…</source>
   <translation>Paquetes de revisión y conflictos…</translation>
  </message>
  <message>
   <source>Review statistics</source>
   <translation>Estadísticas de la revisión</translation>
  </message>
  <message>
   <source>Reviewed</source>
   <translation>Revisado</translation>
  </message>
  <message>
   <source>Reviewed · mark as to do</source>
   <translation>Revisado · marcar como pendiente</translation>
  </message>
  <message>
   <source>Reviewed, next</source>
   <translation>Revisado, siguiente</translation>
  </message>
  <message>
   <source>Reviewer</source>
   <translation>Revisor</translation>
  </message>
  <message>
   <source>Reviewers and sealed categories</source>
   <translation>Revisores y categorías selladas</translation>
  </message>
  <message>
   <source>Reviewers and sealed categories…</source>
   <translation>Revisores y categorías selladas…</translation>
  </message>
  <message>
   <source>Reviewers to divide the documents among</source>
   <translation>Revisores entre quienes repartir los documentos</translation>
  </message>
  <message>
   <source>Role</source>
   <translation>Papel</translation>
  </message>
  <message>
   <source>Role of %1</source>
   <translation>Papel de %1</translation>
  </message>
  <message>
   <source>Roster</source>
   <translation>Nómina</translation>
  </message>
  <message>
   <source>Roster by category with a disposition for everybody, and charts. CSV, XLSX, PDF.</source>
   <translation>Plantilla por categoría con un resultado para cada uno, y gráficos. CSV, XLSX, PDF.</translation>
  </message>
  <message>
   <source>Roster of officers, CSV or XLSX</source>
   <translation>Nómina de agentes, CSV o XLSX</translation>
  </message>
  <message>
   <source>Russian</source>
   <translation>Ruso</translation>
  </message>
  <message>
   <source>SAVED</source>
   <translation>GUARDADO</translation>
  </message>
  <message>
   <source>SSN</source>
   <translation>SSN</translation>
  </message>
  <message>
   <source>Salary</source>
   <translation>Salario</translation>
  </message>
  <message>
   <source>Sample {0}: {1} drawn, none of them reviewed by two people yet.</source>
   <translation>Muestra {0}: {1} sorteados, ninguno revisado aún por dos personas.</translation>
  </message>
  <message>
   <source>Sample {0}: {1} drawn, {2} reviewed twice, {3} coded alike ({4} %).</source>
   <translation>Muestra {0}: {1} sorteados, {2} revisados dos veces, {3} codificados igual ({4} %).</translation>
  </message>
  <message>
   <source>Sandbox: full</source>
   <translation>Aislamiento: completo</translation>
  </message>
  <message>
   <source>Sandbox: none</source>
   <translation>Aislamiento: ninguno</translation>
  </message>
  <message>
   <source>Sandbox: partial</source>
   <translation>Aislamiento: parcial</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>Guardar</translation>
  </message>
  <message>
   <source>Save a copy of this form, to change its titles, columns and words</source>
   <translation>Guarda una copia de este formato para cambiar sus títulos, columnas y palabras</translation>
  </message>
  <message>
   <source>Save a copy…</source>
   <translation>Guardar una copia…</translation>
  </message>
  <message>
   <source>Save search</source>
   <translation>Guardar búsqueda</translation>
  </message>
  <message>
   <source>Save the search</source>
   <translation>Guardar la búsqueda</translation>
  </message>
  <message>
   <source>Saved search</source>
   <translation>Búsqueda guardada</translation>
  </message>
  <message>
   <source>Saved search %1</source>
   <translation>Búsqueda guardada %1</translation>
  </message>
  <message>
   <source>Saved searches</source>
   <translation>Búsquedas guardadas</translation>
  </message>
  <message>
   <source>Say how many documents: a number such as 50.</source>
   <translation>Diga cuántos documentos: un número como 50.</translation>
  </message>
  <message>
   <source>Say what to produce: a query, which may be empty for all, or an officer.</source>
   <translation>Diga qué producir: una consulta, que puede estar vacía para todo, o un agente.</translation>
  </message>
  <message>
   <source>Say which column of the file holds what; the first five people show how it would be read.</source>
   <translation>Diga qué contiene cada columna del archivo; las cinco primeras personas muestran cómo se leería.</translation>
  </message>
  <message>
   <source>Say who is to review: one name or more.</source>
   <translation>Diga quién revisará: uno o más nombres.</translation>
  </message>
  <message>
   <source>Say whose dossier.</source>
   <translation>Diga de quién es el expediente.</translation>
  </message>
  <message>
   <source>Seal %1</source>
   <translation>Sellar %1</translation>
  </message>
  <message>
   <source>Sealed</source>
   <translation>Sellado</translation>
  </message>
  <message>
   <source>Sealed (%1): name, text and pictures are covered. A lead may open it in the menu, with a reason that stands in the ledger.</source>
   <translation>Sellado (%1): nombre, texto e imágenes están cubiertos. Un responsable puede abrirlo desde el menú, con un motivo que consta en el registro.</translation>
  </message>
  <message>
   <source>Sealed among them: %1.</source>
   <translation>Sellados entre ellos: %1.</translation>
  </message>
  <message>
   <source>Sealed categories changed</source>
   <translation>Categorías selladas cambiadas</translation>
  </message>
  <message>
   <source>Sealed document</source>
   <translation>Documento sellado</translation>
  </message>
  <message>
   <source>Sealed documents</source>
   <translation>Documentos sellados</translation>
  </message>
  <message>
   <source>Sealed in what this export would hold: %1, %2 the first. Leave out what is sealed, or, as a lead, open it with a reason that is recorded.</source>
   <translation>Sellado en lo que contendría esta exportación: %1, el primero %2. Deje fuera lo sellado o, como responsable, ábralo con un motivo que queda registrado.</translation>
  </message>
  <message>
   <source>Sealed: covered until a lead opens them</source>
   <translation>Selladas: cubiertas hasta que un responsable las abra</translation>
  </message>
  <message>
   <source>Search</source>
   <translation>Buscar</translation>
  </message>
  <message>
   <source>Search a list</source>
   <translation>Buscar una lista</translation>
  </message>
  <message>
   <source>Search a list…</source>
   <translation>Buscar una lista…</translation>
  </message>
  <message>
   <source>Search box</source>
   <translation>Cuadro de búsqueda</translation>
  </message>
  <message>
   <source>Search every mention</source>
   <translation>Buscar todas las menciones</translation>
  </message>
  <message>
   <source>Search for more like this</source>
   <translation>Buscar más como este</translation>
  </message>
  <message>
   <source>Search for the roster stopped</source>
   <translation>Búsqueda de la plantilla detenida</translation>
  </message>
  <message>
   <source>Search results</source>
   <translation>Resultados de búsqueda</translation>
  </message>
  <message>
   <source>Search the trove</source>
   <translation>Buscar en el fondo</translation>
  </message>
  <message>
   <source>Search what is tagged</source>
   <translation>Buscar lo etiquetado</translation>
  </message>
  <message>
   <source>Search “%1” deleted</source>
   <translation>Búsqueda «%1» eliminada</translation>
  </message>
  <message>
   <source>Search “%1” saved</source>
   <translation>Búsqueda «%1» guardada</translation>
  </message>
  <message>
   <source>Search: hit %1 of %2</source>
   <translation>Búsqueda: acierto %1 de %2</translation>
  </message>
  <message>
   <source>Searches offered</source>
   <translation>Búsquedas ofrecidas</translation>
  </message>
  <message>
   <source>Searching and tagging go on meanwhile. Locking the case stops it, and leaves nothing of it.</source>
   <translation>Entretanto se puede buscar y etiquetar. Bloquear el caso la detiene, y no deja nada de ella.</translation>
  </message>
  <message>
   <source>Searching…</source>
   <translation>Buscando…</translation>
  </message>
  <message>
   <source>Second look</source>
   <translation>Segunda mirada</translation>
  </message>
  <message>
   <source>Select a passage of the text below the sheets first.</source>
   <translation>Seleccione antes un pasaje del texto bajo las hojas.</translation>
  </message>
  <message>
   <source>Selected text</source>
   <translation>Texto seleccionado</translation>
  </message>
  <message>
   <source>Sender’s domain</source>
   <translation>Dominio del remitente</translation>
  </message>
  <message>
   <source>Set key</source>
   <translation>Fijar la tecla</translation>
  </message>
  <message>
   <source>Settings of the case</source>
   <translation>Ajustes del caso</translation>
  </message>
  <message>
   <source>Settings of the case…</source>
   <translation>Ajustes del caso…</translation>
  </message>
  <message>
   <source>Several documents at once</source>
   <translation>Varios documentos a la vez</translation>
  </message>
  <message>
   <source>Sexual abuse</source>
   <translation>Abuso sexual</translation>
  </message>
  <message>
   <source>Sheet</source>
   <translation>Hoja de cálculo</translation>
  </message>
  <message>
   <source>Sheet %1 of %2</source>
   <translation>Hoja %1 de %2</translation>
  </message>
  <message>
   <source>Show all of %1</source>
   <translation>Mostrar todo de %1</translation>
  </message>
  <message>
   <source>Show it again</source>
   <translation>Mostrarlo de nuevo</translation>
  </message>
  <message>
   <source>Show its own text</source>
   <translation>Mostrar su propio texto</translation>
  </message>
  <message>
   <source>Show or blur a picture</source>
   <translation>Mostrar o desenfocar una imagen</translation>
  </message>
  <message>
   <source>Show recognised text</source>
   <translation>Mostrar el texto reconocido</translation>
  </message>
  <message>
   <source>Show the page in grey</source>
   <translation>Mostrar la página en gris</translation>
  </message>
  <message>
   <source>Side by side</source>
   <translation>Lado a lado</translation>
  </message>
  <message>
   <source>Single keys act in the results and the viewer</source>
   <translation>Las teclas sueltas actúan en los resultados y el visor</translation>
  </message>
  <message>
   <source>Single keys act in the results, the viewer and the list of officers only.</source>
   <translation>Las teclas sueltas actúan solo en los resultados, el visor y la lista de agentes.</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>Tamaño</translation>
  </message>
  <message>
   <source>Size of the page, %1; back to 100 per cent</source>
   <translation>Tamaño de la página, %1; volver al 100 por ciento</translation>
  </message>
  <message>
   <source>Size of the text, %1; back to 100 per cent</source>
   <translation>Tamaño del texto, %1; volver al 100 por ciento</translation>
  </message>
  <message>
   <source>Size of the text, 100 per cent</source>
   <translation>Tamaño del texto, 100 por ciento</translation>
  </message>
  <message>
   <source>Slides</source>
   <translation>Diapositivas</translation>
  </message>
  <message>
   <source>Smaller text</source>
   <translation>Texto más pequeño</translation>
  </message>
  <message>
   <source>Something went wrong inside EvidenceBox ({kind}). What you decided before is safe; please report it.</source>
   <translation>Algo falló dentro de EvidenceBox ({kind}). Lo que decidió antes está a salvo; informe del fallo, por favor.</translation>
  </message>
  <message>
   <source>Spanish</source>
   <translation>Español</translation>
  </message>
  <message>
   <source>Stage</source>
   <translation>Etapa</translation>
  </message>
  <message>
   <source>Stamps changed; the next book is stamped so.</source>
   <translation>Sellos cambiados; el próximo libro se sella así.</translation>
  </message>
  <message>
   <source>Start import</source>
   <translation>Empezar la importación</translation>
  </message>
  <message>
   <source>Status</source>
   <translation>Estado</translation>
  </message>
  <message>
   <source>Sticker</source>
   <translation>Adhesivo</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Detener</translation>
  </message>
  <message>
   <source>Stop import</source>
   <translation>Detener la importación</translation>
  </message>
  <message>
   <source>Stopping: finishing what is in hand</source>
   <translation>Deteniendo: se acaba lo que está en curso</translation>
  </message>
  <message>
   <source>Stopping…</source>
   <translation>Deteniendo…</translation>
  </message>
  <message>
   <source>Strength of the passphrase</source>
   <translation>Solidez de la frase de contraseña</translation>
  </message>
  <message>
   <source>Strong.</source>
   <translation>Sólida.</translation>
  </message>
  <message>
   <source>Suggested</source>
   <translation>Sugerido</translation>
  </message>
  <message>
   <source>Suggested officers</source>
   <translation>Agentes sugeridos</translation>
  </message>
  <message>
   <source>Suggested, and not a finding until accepted</source>
   <translation>Sugerido; no es un hallazgo hasta que se acepte</translation>
  </message>
  <message>
   <source>Suggested: %1</source>
   <translation>Sugerido: %1</translation>
  </message>
  <message>
   <source>Suggested: not answered yet</source>
   <translation>Sugerido: sin respuesta aún</translation>
  </message>
  <message>
   <source>Suggestion %1</source>
   <translation>Sugerencia: %1</translation>
  </message>
  <message>
   <source>Suggestion %1, here and wherever written alike</source>
   <translation>Sugerencia: %1, aquí y donde esté escrito igual</translation>
  </message>
  <message>
   <source>Suggestion: no</source>
   <translation>Sugerencia: no</translation>
  </message>
  <message>
   <source>Suggestion: unsure</source>
   <translation>Sugerencia: dudosa</translation>
  </message>
  <message>
   <source>Suggestion: yes, no, unsure</source>
   <translation>Sugerencia: sí, no, dudoso</translation>
  </message>
  <message>
   <source>TIN</source>
   <translation>TIN</translation>
  </message>
  <message>
   <source>Tab %1</source>
   <translation>Pestaña %1</translation>
  </message>
  <message>
   <source>Tabs of the viewer</source>
   <translation>Pestañas del visor</translation>
  </message>
  <message>
   <source>Tag on: %1</source>
   <translation>Etiqueta en: %1</translation>
  </message>
  <message>
   <source>Tag removed from %1</source>
   <translation>Etiqueta retirada de %1</translation>
  </message>
  <message>
   <source>Tagged passage</source>
   <translation>Pasaje etiquetado</translation>
  </message>
  <message>
   <source>Tags</source>
   <translation>Etiquetas</translation>
  </message>
  <message>
   <source>Take a pack</source>
   <translation>Tomar un paquete</translation>
  </message>
  <message>
   <source>Take a pack…</source>
   <translation>Tomar un paquete…</translation>
  </message>
  <message>
   <source>Take back</source>
   <translation>Retirar</translation>
  </message>
  <message>
   <source>Take out</source>
   <translation>Retirar</translation>
  </message>
  <message>
   <source>Take out %1</source>
   <translation>Retirar a %1</translation>
  </message>
  <message>
   <source>Take out…</source>
   <translation>Retirar…</translation>
  </message>
  <message>
   <source>Take the tag back</source>
   <translation>Retirar la etiqueta</translation>
  </message>
  <message>
   <source>Take “everybody but one” back</source>
   <translation>Retirar «todos menos uno»</translation>
  </message>
  <message>
   <source>Taxpayer number</source>
   <translation>Número fiscal</translation>
  </message>
  <message>
   <source>Telephone number</source>
   <translation>Número de teléfono</translation>
  </message>
  <message>
   <source>Text</source>
   <translation>Texto</translation>
  </message>
  <message>
   <source>Text of %1</source>
   <translation>Texto de %1</translation>
  </message>
  <message>
   <source>Text of the sheet</source>
   <translation>Texto de la hoja</translation>
  </message>
  <message>
   <source>Text of the sheet: select a passage, then Ctrl+Enter</source>
   <translation>Texto de la hoja: seleccione un pasaje y pulse Ctrl+Intro</translation>
  </message>
  <message>
   <source>Text recognition</source>
   <translation>Reconocimiento de texto</translation>
  </message>
  <message>
   <source>Text recognition does not start: %1. The documents are in the case; start the same import again, or without recognition.</source>
   <translation>El reconocimiento de texto no arranca: %1. Los documentos están en el caso; inicie de nuevo la misma importación, o sin reconocimiento.</translation>
  </message>
  <message>
   <source>Texts, one a line</source>
   <translation>Textos, uno por línea</translation>
  </message>
  <message>
   <source>Thanks</source>
   <translation>Gracias</translation>
  </message>
  <message>
   <source>That passphrase does not open this case; check Caps Lock and try again.</source>
   <translation>Esa frase de contraseña no abre este caso; compruebe el bloqueo de mayúsculas e inténtelo de nuevo.</translation>
  </message>
  <message>
   <source>That passphrase is another reviewer's; each acts with his own.</source>
   <translation>Esa frase de contraseña es de otra persona; cada cual actúa con la suya.</translation>
  </message>
  <message>
   <source>The %1 document could not be read: %2.</source>
   <translation>El documento %1 no se pudo leer: %2.</translation>
  </message>
  <message>
   <source>The %1 picture is too damaged to be opened.</source>
   <translation>La imagen %1 está demasiado dañada para abrirse.</translation>
  </message>
  <message>
   <source>The %1 stream is damaged from its start.</source>
   <translation>El flujo %1 está dañado desde su comienzo.</translation>
  </message>
  <message>
   <source>The 7z archive is cut off; its directory is missing.</source>
   <translation>El archivo 7z está cortado; falta su directorio.</translation>
  </message>
  <message>
   <source>The Office document</source>
   <translation>El documento de Office</translation>
  </message>
  <message>
   <source>The Office document is encrypted in a way for which a password does not do.</source>
   <translation>El documento de Office está cifrado de un modo al que no basta una contraseña.</translation>
  </message>
  <message>
   <source>The Office document is protected by rights management.</source>
   <translation>El documento de Office está protegido por gestión de derechos.</translation>
  </message>
  <message>
   <source>The PDF</source>
   <translation>El PDF</translation>
  </message>
  <message>
   <source>The PDF has no pages.</source>
   <translation>El PDF no tiene páginas.</translation>
  </message>
  <message>
   <source>The PDF is locked, or too damaged to be opened.</source>
   <translation>El PDF está bloqueado, o demasiado dañado para abrirse.</translation>
  </message>
  <message>
   <source>The PDF is too damaged to be opened.</source>
   <translation>El PDF está demasiado dañado para abrirse.</translation>
  </message>
  <message>
   <source>The RAR archive is broken from its start.</source>
   <translation>El archivo RAR está roto desde su comienzo.</translation>
  </message>
  <message>
   <source>The TAR archive is broken from its start.</source>
   <translation>El archivo TAR está roto desde su comienzo.</translation>
  </message>
  <message>
   <source>The Word document</source>
   <translation>El documento de Word</translation>
  </message>
  <message>
   <source>The Word document is cut off: a part of its text is missing.</source>
   <translation>El documento de Word está cortado: falta una parte de su texto.</translation>
  </message>
  <message>
   <source>The Word document is locked in a way of Word 95, which is not read.</source>
   <translation>El documento de Word está bloqueado al modo de Word 95, que no se lee.</translation>
  </message>
  <message>
   <source>The Word document's head is damaged.</source>
   <translation>La cabecera del documento de Word está dañada.</translation>
  </message>
  <message>
   <source>The archive is damaged or cut off.</source>
   <translation>El archivo está dañado o cortado.</translation>
  </message>
  <message>
   <source>The archive's directory is broken; its members were searched for.</source>
   <translation>El directorio del archivo está roto; se buscaron sus miembros.</translation>
  </message>
  <message>
   <source>The archive, with the names in it,</source>
   <translation>El archivo, con los nombres que contiene,</translation>
  </message>
  <message>
   <source>The book is encrypted.</source>
   <translation>El libro está cifrado.</translation>
  </message>
  <message>
   <source>The case has no reviewer %1; add that name first, or assign to others.</source>
   <translation>El caso no tiene ningún revisor %1; añada antes ese nombre o reparta entre otros.</translation>
  </message>
  <message>
   <source>The case “%1” was made and is encrypted. Its recovery code is on your paper.</source>
   <translation>El caso «%1» se creó y está cifrado. Su código de recuperación está en su papel.</translation>
  </message>
  <message>
   <source>The code on your paper opens the case when a passphrase is lost. Where the paper was seen or lost, make another: the old one is void at once.</source>
   <translation>El código de su papel abre el caso cuando se pierde una frase de contraseña. Si alguien vio el papel o se perdió, cree otro: el anterior deja de valer en el acto.</translation>
  </message>
  <message>
   <source>The database is damaged; only readable strings were taken.</source>
   <translation>La base de datos está dañada; solo se tomaron cadenas legibles.</translation>
  </message>
  <message>
   <source>The database is damaged; what came before was read.</source>
   <translation>La base de datos está dañada; lo anterior se leyó.</translation>
  </message>
  <message>
   <source>The directory of the 7z archive is broken.</source>
   <translation>El directorio del archivo 7z está roto.</translation>
  </message>
  <message>
   <source>The directory of the CAB archive is broken.</source>
   <translation>El directorio del archivo CAB está roto.</translation>
  </message>
  <message>
   <source>The disk of the case is nearly full; make room and start the same import again, it goes on where it stopped.</source>
   <translation>El disco del caso está casi lleno; haga sitio e inicie de nuevo la misma importación, que sigue donde se detuvo.</translation>
  </message>
  <message>
   <source>The document</source>
   <translation>El documento</translation>
  </message>
  <message>
   <source>The document breaks off before its end.</source>
   <translation>El documento se interrumpe antes de su final.</translation>
  </message>
  <message>
   <source>The document is cut off or damaged inside.</source>
   <translation>El documento está cortado o dañado por dentro.</translation>
  </message>
  <message>
   <source>The document is damaged: only readable strings were found in it.</source>
   <translation>El documento está dañado: solo se hallaron cadenas legibles en él.</translation>
  </message>
  <message>
   <source>The document is damaged; what comes before was read.</source>
   <translation>El documento está dañado; lo anterior se leyó.</translation>
  </message>
  <message>
   <source>The document is encrypted in an unknown way.</source>
   <translation>El documento está cifrado de un modo desconocido.</translation>
  </message>
  <message>
   <source>The document is still being opened; press again when it is there.</source>
   <translation>El documento aún se está abriendo; pulse de nuevo cuando esté en pantalla.</translation>
  </message>
  <message>
   <source>The document on screen is not sealed.</source>
   <translation>El documento en pantalla no está sellado.</translation>
  </message>
  <message>
   <source>The document was refused: %1.</source>
   <translation>El documento fue rechazado: %1.</translation>
  </message>
  <message>
   <source>The document's container is broken.</source>
   <translation>El contenedor del documento está roto.</translation>
  </message>
  <message>
   <source>The document's container is damaged; its parts were sought.</source>
   <translation>El contenedor del documento está dañado; se buscaron sus partes.</translation>
  </message>
  <message>
   <source>The document's container is locked with a password.</source>
   <translation>El contenedor del documento está bloqueado con una contraseña.</translation>
  </message>
  <message>
   <source>The document's main part is missing.</source>
   <translation>Falta la parte principal del documento.</translation>
  </message>
  <message>
   <source>The encoding is not stated; it was read as %1.</source>
   <translation>La codificación no se indica; se leyó como %1.</translation>
  </message>
  <message>
   <source>The encrypted Office document is cut off.</source>
   <translation>El documento cifrado de Office está cortado.</translation>
  </message>
  <message>
   <source>The exhibits</source>
   <translation>Las pruebas</translation>
  </message>
  <message>
   <source>The exhibits that stand, with Bates numbers and hashes. CSV and XLSX.</source>
   <translation>Las pruebas vigentes, con números Bates y hashes. CSV y XLSX.</translation>
  </message>
  <message>
   <source>The export does not verify</source>
   <translation>La exportación no se verifica</translation>
  </message>
  <message>
   <source>The export is of what is tagged for them.</source>
   <translation>La exportación es de lo etiquetado para esa persona.</translation>
  </message>
  <message>
   <source>The family</source>
   <translation>La familia</translation>
  </message>
  <message>
   <source>The file is empty.</source>
   <translation>El archivo está vacío.</translation>
  </message>
  <message>
   <source>The file's name says what is to be blacked out in it: give it another one.</source>
   <translation>El nombre del archivo dice lo que se va a tachar en él: póngale otro.</translation>
  </message>
  <message>
   <source>The folder cannot be read: %1.</source>
   <translation>La carpeta no se puede leer: %1.</translation>
  </message>
  <message>
   <source>The header of %1 is damaged, and so is its copy; put it back from a backup.</source>
   <translation>La cabecera de %1 está dañada, y su copia también; recupérela de una copia de seguridad.</translation>
  </message>
  <message>
   <source>The image of the disc has no readable volume.</source>
   <translation>La imagen del disco no tiene ningún volumen legible.</translation>
  </message>
  <message>
   <source>The import stopped before its end; nothing that was read is lost. Start it again to go on from there.</source>
   <translation>La importación se detuvo antes del final; nada de lo leído se pierde. Iníciela de nuevo para continuar desde ahí.</translation>
  </message>
  <message>
   <source>The key store of this computer, where it was let open it</source>
   <translation>El almacén de claves de este equipo, si se le permitió abrirlo</translation>
  </message>
  <message>
   <source>The key store of this system opens the case for you already.</source>
   <translation>El almacén de claves de este equipo ya le abre el caso.</translation>
  </message>
  <message>
   <source>The key store opens the case no more; the passphrase does.</source>
   <translation>El almacén de claves ya no abre el caso; la frase de contraseña, sí.</translation>
  </message>
  <message>
   <source>The ledger verifies as far as its last acts; the menu checks all of it.</source>
   <translation>El registro es válido hasta sus últimos actos; el menú lo comprueba entero.</translation>
  </message>
  <message>
   <source>The ledger verifies: %1, every signature and chain holds.</source>
   <translation>El registro es válido: %1; todas las firmas y cadenas son correctas.</translation>
  </message>
  <message>
   <source>The mailbox's own tables are broken.</source>
   <translation>Las tablas del propio buzón están rotas.</translation>
  </message>
  <message>
   <source>The marked documents</source>
   <translation>Los documentos marcados</translation>
  </message>
  <message>
   <source>The message is encrypted; its headers were read.</source>
   <translation>El mensaje está cifrado; se leyeron sus cabeceras.</translation>
  </message>
  <message>
   <source>The message is encrypted; only its headers were read.</source>
   <translation>El mensaje está cifrado; solo se leyeron sus cabeceras.</translation>
  </message>
  <message>
   <source>The new recovery code is on your paper; the old one opens this case no more.</source>
   <translation>El nuevo código de recuperación está en su papel; el anterior ya no abre este caso.</translation>
  </message>
  <message>
   <source>The number is for life: one that was taken back or withdrawn is never given again, and the book says why it is missing.</source>
   <translation>El número es para siempre: el que se retiró o anuló no se da otra vez, y el libro dice por qué falta.</translation>
  </message>
  <message>
   <source>The offline copy, for instance on a removable drive</source>
   <translation>La copia sin conexión, por ejemplo en una unidad extraíble</translation>
  </message>
  <message>
   <source>The open document</source>
   <translation>El documento abierto</translation>
  </message>
  <message>
   <source>The page cannot be drawn.</source>
   <translation>La página no se puede dibujar.</translation>
  </message>
  <message>
   <source>The page could not be drawn (%1).</source>
   <translation>La página no se pudo dibujar (%1).</translation>
  </message>
  <message>
   <source>The passphrase of the sample is: %1</source>
   <translation>La frase de contraseña del ejemplo es: %1</translation>
  </message>
  <message>
   <source>The passphrase was changed; the old one opens this case no more.</source>
   <translation>La frase de contraseña se ha cambiado; la anterior ya no abre este caso.</translation>
  </message>
  <message>
   <source>The picture has too many pixels to be drawn.</source>
   <translation>La imagen tiene demasiados píxeles para dibujarse.</translation>
  </message>
  <message>
   <source>The picture is cut off or damaged.</source>
   <translation>La imagen está cortada o dañada.</translation>
  </message>
  <message>
   <source>The plan is unchanged: go back, mend it, and write again.</source>
   <translation>El plan no ha cambiado: vuelva, corríjalo y escriba de nuevo.</translation>
  </message>
  <message>
   <source>The present search: {0} ({1} documents).</source>
   <translation>La búsqueda actual: {0} ({1} documentos).</translation>
  </message>
  <message>
   <source>The presentation</source>
   <translation>La presentación</translation>
  </message>
  <message>
   <source>The presentation is encrypted; what says how is damaged.</source>
   <translation>La presentación está cifrada; lo que dice cómo está dañado.</translation>
  </message>
  <message>
   <source>The presentation's main part could not be found.</source>
   <translation>No se encontró la parte principal de la presentación.</translation>
  </message>
  <message>
   <source>The reader made no progress for too long and was stopped while reading this file.</source>
   <translation>El lector no avanzó durante demasiado tiempo y fue detenido al leer este archivo.</translation>
  </message>
  <message>
   <source>The reader stopped with %1 while reading this file.</source>
   <translation>El lector se detuvo con %1 al leer este archivo.</translation>
  </message>
  <message>
   <source>The reader stopped with an error (%1).</source>
   <translation>El lector se detuvo con un error (%1).</translation>
  </message>
  <message>
   <source>The reader took longer than it may and was stopped while reading this file.</source>
   <translation>El lector tardó más de lo permitido y fue detenido al leer este archivo.</translation>
  </message>
  <message>
   <source>The reader was stopped by the system, most likely because memory ran out, while reading this file.</source>
   <translation>El sistema detuvo al lector, probablemente por falta de memoria, al leer este archivo.</translation>
  </message>
  <message>
   <source>The recognition is unsure of this word</source>
   <translation>El reconocimiento no está seguro de esta palabra</translation>
  </message>
  <message>
   <source>The roster is empty; import one first.</source>
   <translation>La nómina está vacía; importe una primero.</translation>
  </message>
  <message>
   <source>The roster was searched</source>
   <translation>Plantilla buscada</translation>
  </message>
  <message>
   <source>The same passphrase once more</source>
   <translation>La misma contraseña otra vez</translation>
  </message>
  <message>
   <source>The sample could not be made here. Is there room on the disk?</source>
   <translation>No se pudo crear el ejemplo aquí. ¿Hay espacio en el disco?</translation>
  </message>
  <message>
   <source>The settings of the case were changed.</source>
   <translation>Se cambiaron los ajustes del caso.</translation>
  </message>
  <message>
   <source>The sheet with its stamps</source>
   <translation>La hoja con sus sellos</translation>
  </message>
  <message>
   <source>The system's key store did not keep what it was given; go on with the passphrase alone.</source>
   <translation>El almacén de claves del sistema no guardó lo que se le dio; siga solo con la frase de contraseña.</translation>
  </message>
  <message>
   <source>The trove at %1 is not connected. Plug its drive in; where it is mounted elsewhere, import it once more from there. Until then review goes on without its originals.</source>
   <translation>El fondo en %1 no está conectado. Conecte su unidad; si está montada en otro lugar, impórtelo otra vez desde allí. Hasta entonces la revisión sigue sin sus originales.</translation>
  </message>
  <message>
   <source>The two passphrases are not the same.</source>
   <translation>Las dos frases de paso no son iguales.</translation>
  </message>
  <message>
   <source>The two passphrases of the export are not the same.</source>
   <translation>Las dos contraseñas de la exportación no son iguales.</translation>
  </message>
  <message>
   <source>The whole case</source>
   <translation>Todo el caso</translation>
  </message>
  <message>
   <source>The words are the same.</source>
   <translation>Las palabras son las mismas.</translation>
  </message>
  <message>
   <source>The workbook</source>
   <translation>El libro</translation>
  </message>
  <message>
   <source>The workbook is cut off or damaged.</source>
   <translation>El libro está cortado o dañado.</translation>
  </message>
  <message>
   <source>Their passphrase</source>
   <translation>Su frase de contraseña (de esa persona)</translation>
  </message>
  <message>
   <source>Their passphrase, once more</source>
   <translation>Su frase de contraseña, otra vez</translation>
  </message>
  <message>
   <source>There are no data for text recognition, and so no check of what was redacted; install them, or redact without the check.</source>
   <translation>No hay datos para el reconocimiento de texto, y por tanto no se comprueba lo tachado; instálelos, o tache sin la comprobación.</translation>
  </message>
  <message>
   <source>There are no exhibits yet. Open a document in the review and press %1: it gets a number for life.</source>
   <translation>Aún no hay pruebas. Abra un documento en la revisión y pulse %1: recibe un número para siempre.</translation>
  </message>
  <message>
   <source>There is a reviewer %1 already; names must differ.</source>
   <translation>Ya hay una persona revisora %1; los nombres deben ser distintos.</translation>
  </message>
  <message>
   <source>There is no case at %1; check the path.</source>
   <translation>No hay ningún caso en %1; compruebe la ruta.</translation>
  </message>
  <message>
   <source>There is no document to code; mark some with Space, or search.</source>
   <translation>No hay documentos que codificar; seleccione algunos con Espacio o busque.</translation>
  </message>
  <message>
   <source>There is no reviewer %1; choose one of this case.</source>
   <translation>No hay ningún revisor %1; elija uno de este caso.</translation>
  </message>
  <message>
   <source>There is no such roster file.</source>
   <translation>No existe ese archivo de nómina.</translation>
  </message>
  <message>
   <source>There is no suggestion here to answer.</source>
   <translation>Aquí no hay ninguna sugerencia que responder.</translation>
  </message>
  <message>
   <source>There is nothing to redo.</source>
   <translation>No hay nada que rehacer.</translation>
  </message>
  <message>
   <source>There is nothing to repeat yet: code a document first.</source>
   <translation>Aún no hay nada que repetir: codifique antes un documento.</translation>
  </message>
  <message>
   <source>There is nothing to undo.</source>
   <translation>No hay nada que deshacer.</translation>
  </message>
  <message>
   <source>These are rules among colleagues, kept by the program and recorded in the ledger; whoever can open the case has the key to all of it.</source>
   <translation>Son reglas entre colegas, que el programa cumple y el registro anota; quien puede abrir el caso tiene la clave de todo.</translation>
  </message>
  <message>
   <source>These could not be read, or not wholly. They stay in the case, and can be found by name, path and hash.</source>
   <translation>No se pudieron leer, o no del todo. Siguen en el caso y pueden hallarse por nombre, ruta y resumen.</translation>
  </message>
  <message>
   <source>They are kept encrypted in the case, and handed only to a reader whose document turned out to be locked. From now on an import tries them at once.</source>
   <translation>Se guardan cifradas en el caso y solo se dan al lector cuyo documento resultó bloqueado. Desde ahora la importación las prueba enseguida.</translation>
  </message>
  <message>
   <source>They stand in that folder unencrypted. What no machine found and nobody named is still readable on them: look at every sheet.</source>
   <translation>Están sin cifrar en esa carpeta. Lo que ninguna máquina halló y nadie nombró sigue legible en ellos: mire cada hoja.</translation>
  </message>
  <message>
   <source>They type a passphrase of their own here, which nobody else needs to know.</source>
   <translation>Esa persona escribe aquí su propia frase de contraseña, que nadie más necesita conocer.</translation>
  </message>
  <message>
   <source>This case has no documents yet.</source>
   <translation>Este caso aún no tiene documentos.</translation>
  </message>
  <message>
   <source>This computer's key store does not open the case, or it is locked; type the passphrase.</source>
   <translation>El almacén de claves de este equipo no abre el caso, o está bloqueado; escriba la frase de contraseña.</translation>
  </message>
  <message>
   <source>This document has no page to show.</source>
   <translation>Este documento no tiene ninguna página que mostrar.</translation>
  </message>
  <message>
   <source>This document stands alone.</source>
   <translation>Este documento está solo.</translation>
  </message>
  <message>
   <source>This document yielded no text.</source>
   <translation>Este documento no dio texto.</translation>
  </message>
  <message>
   <source>This drive can be removed. A case is safer on a disk that stays.</source>
   <translation>Esta unidad puede retirarse. Un caso está más seguro en un disco fijo.</translation>
  </message>
  <message>
   <source>This folder is not there. Is the trove's drive connected?</source>
   <translation>Esta carpeta no está. ¿Está conectado el disco del fondo?</translation>
  </message>
  <message>
   <source>This folder is on another computer. Keep the case on a disk of this one.</source>
   <translation>Esta carpeta está en otro equipo. Guarde el caso en un disco de este.</translation>
  </message>
  <message>
   <source>This folder seems to be copied to a cloud. Keep the case where no copy leaves.</source>
   <translation>Parece que esta carpeta se copia a una nube. Guarde el caso donde ninguna copia salga.</translation>
  </message>
  <message>
   <source>This is a file. Choose the folder that holds the trove.</source>
   <translation>Esto es un archivo. Elija la carpeta que contiene el fondo.</translation>
  </message>
  <message>
   <source>This is not the code. Compare it with your paper, or show it again.</source>
   <translation>Este no es el código. Compárelo con su papel o muéstrelo de nuevo.</translation>
  </message>
  <message>
   <source>This kind of RAR archive is not read yet.</source>
   <translation>Esta clase de archivo RAR aún no se lee.</translation>
  </message>
  <message>
   <source>This legend</source>
   <translation>Esta leyenda</translation>
  </message>
  <message>
   <source>This page could not be drawn: an error of this program, which was noted.</source>
   <translation>Esta página no se pudo dibujar: un error de este programa, que se anotó.</translation>
  </message>
  <message>
   <source>This passphrase does not open the case. Try again, or use the recovery code.</source>
   <translation>Esta frase de paso no abre el caso. Inténtelo de nuevo o use el código de recuperación.</translation>
  </message>
  <message>
   <source>This picture is blurred. Click it to see it, or press V.</source>
   <translation>Esta imagen está desenfocada. Púlsela para verla, o pulse V.</translation>
  </message>
  <message>
   <source>This sheet could not be drawn: an error of this program, which was noted.</source>
   <translation>No se pudo dibujar esta hoja: un error de este programa, que quedó anotado.</translation>
  </message>
  <message>
   <source>This stands</source>
   <translation>Esto vale</translation>
  </message>
  <message>
   <source>This system has no key store that EvidenceBox can use, or it is locked; unlock it, or go on with the passphrase alone.</source>
   <translation>Este sistema no tiene un almacén de claves que EvidenceBox pueda usar, o está bloqueado; desbloquéelo o siga solo con la frase de contraseña.</translation>
  </message>
  <message>
   <source>This system's key store opens the case for you, too; the passphrase stays.</source>
   <translation>El almacén de claves de este sistema también le abre el caso; la frase de contraseña se mantiene.</translation>
  </message>
  <message>
   <source>This was the last document of the list.</source>
   <translation>Este era el último documento de la lista.</translation>
  </message>
  <message>
   <source>Three files: a PDF of pictures alone, in which nothing lies under the boxes; the text that remains; and the log of every box. Each finished sheet is recognised again. Where anything of it can still be read, nothing is written.</source>
   <translation>Tres archivos: un PDF solo de imágenes, sin nada bajo los recuadros; el texto que queda; y el registro de cada recuadro. Cada hoja acabada se reconoce otra vez. Si aún puede leerse algo, no se escribe nada.</translation>
  </message>
  <message>
   <source>Thumbnails are not shown</source>
   <translation>Las miniaturas no se muestran</translation>
  </message>
  <message>
   <source>Thumbnails stand beside a page, where a document has several</source>
   <translation>Las miniaturas están junto a la página, donde un documento tiene varias</translation>
  </message>
  <message>
   <source>Time for a break</source>
   <translation>Hora de un descanso</translation>
  </message>
  <message>
   <source>Time left</source>
   <translation>Tiempo restante</translation>
  </message>
  <message>
   <source>Time until it locks by itself</source>
   <translation>Tiempo hasta que se bloquee solo</translation>
  </message>
  <message>
   <source>Time zone</source>
   <translation>Zona horaria</translation>
  </message>
  <message>
   <source>Time zones</source>
   <translation>Zonas horarias</translation>
  </message>
  <message>
   <source>Timeout</source>
   <translation>Tiempo agotado</translation>
  </message>
  <message>
   <source>Times in documents that do not say where they were taken are read as of this zone, and dates are shown in it.</source>
   <translation>Las horas de documentos que no dicen dónde se tomaron se leen en esta zona, y en ella se muestran las fechas.</translation>
  </message>
  <message>
   <source>Title</source>
   <translation>Título</translation>
  </message>
  <message>
   <source>To be told</source>
   <translation>Por avisar</translation>
  </message>
  <message>
   <source>To do</source>
   <translation>Pendiente</translation>
  </message>
  <message>
   <source>Told</source>
   <translation>Avisado</translation>
  </message>
  <message>
   <source>Top center</source>
   <translation>Arriba al centro</translation>
  </message>
  <message>
   <source>Top left</source>
   <translation>Arriba a la izquierda</translation>
  </message>
  <message>
   <source>Top right</source>
   <translation>Arriba a la derecha</translation>
  </message>
  <message>
   <source>Total</source>
   <translation>Total</translation>
  </message>
  <message>
   <source>Treatment</source>
   <translation>Tratamiento</translation>
  </message>
  <message>
   <source>Try the sample case</source>
   <translation>Probar el caso de ejemplo</translation>
  </message>
  <message>
   <source>Try what is locked</source>
   <translation>Probar con lo bloqueado</translation>
  </message>
  <message>
   <source>Turn</source>
   <translation>Girar</translation>
  </message>
  <message>
   <source>Turn the page</source>
   <translation>Girar la página</translation>
  </message>
  <message>
   <source>Turn the page clockwise</source>
   <translation>Girar la página a la derecha</translation>
  </message>
  <message>
   <source>Type</source>
   <translation>Tipo</translation>
  </message>
  <message>
   <source>Type the code from your paper</source>
   <translation>Escriba el código de su papel</translation>
  </message>
  <message>
   <source>Type the recovery code from your paper.</source>
   <translation>Escriba el código de recuperación de su papel.</translation>
  </message>
  <message>
   <source>Type your own passphrase.</source>
   <translation>Escriba su propia frase de contraseña.</translation>
  </message>
  <message>
   <source>Type your passphrase as it is now, in the first line.</source>
   <translation>Escriba su frase de contraseña actual en la primera línea.</translation>
  </message>
  <message>
   <source>Type your passphrase of the case: nothing leaves it without.</source>
   <translation>Escriba su contraseña del caso: sin ella no sale nada.</translation>
  </message>
  <message>
   <source>Types</source>
   <translation>Tipos</translation>
  </message>
  <message>
   <source>U</source>
   <translation>U</translation>
  </message>
  <message>
   <source>Understood as: %1</source>
   <translation>Entendido como: %1</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Deshacer</translation>
  </message>
  <message>
   <source>Undone: %1</source>
   <translation>Deshecho: %1</translation>
  </message>
  <message>
   <source>Unit</source>
   <translation>Unidad</translation>
  </message>
  <message>
   <source>Unlock</source>
   <translation>Desbloquear</translation>
  </message>
  <message>
   <source>Unlock “%1”</source>
   <translation>Desbloquear «%1»</translation>
  </message>
  <message>
   <source>Unlocking…</source>
   <translation>Desbloqueando…</translation>
  </message>
  <message>
   <source>Unsupported</source>
   <translation>No admitido</translation>
  </message>
  <message>
   <source>Up to 10 kB</source>
   <translation>Hasta 10 kB</translation>
  </message>
  <message>
   <source>Use the roster</source>
   <translation>Usar la nómina</translation>
  </message>
  <message>
   <source>Verdict</source>
   <translation>Veredicto</translation>
  </message>
  <message>
   <source>Verified: all %1 files are exactly as they were made.</source>
   <translation>Verificado: los %1 archivos están exactamente como se hicieron.</translation>
  </message>
  <message>
   <source>Verifying every byte…</source>
   <translation>Verificando cada byte…</translation>
  </message>
  <message>
   <source>Version %1</source>
   <translation>Versión %1</translation>
  </message>
  <message>
   <source>Very high</source>
   <translation>Muy alto</translation>
  </message>
  <message>
   <source>Video</source>
   <translation>Vídeo</translation>
  </message>
  <message>
   <source>Vietnamese</source>
   <translation>Vietnamita</translation>
  </message>
  <message>
   <source>Viewer below the results</source>
   <translation>Visor bajo los resultados</translation>
  </message>
  <message>
   <source>Viewer below, beside, away</source>
   <translation>Visor abajo, al lado, fuera</translation>
  </message>
  <message>
   <source>Viewer beside the results</source>
   <translation>Visor junto a los resultados</translation>
  </message>
  <message>
   <source>Wait until the documents are counted, or mend the search.</source>
   <translation>Espere a que se cuenten los documentos, o corrija la búsqueda.</translation>
  </message>
  <message>
   <source>Weak: take five or six words that do not belong together.</source>
   <translation>Débil: tome cinco o seis palabras que no tengan relación.</translation>
  </message>
  <message>
   <source>Web page</source>
   <translation>Página web</translation>
  </message>
  <message>
   <source>What</source>
   <translation>Qué</translation>
  </message>
  <message>
   <source>What %1 says stands</source>
   <translation>Vale lo que dice %1</translation>
  </message>
  <message>
   <source>What a password opened is encrypted once more.</source>
   <translation>Lo que abrió una contraseña está cifrado otra vez.</translation>
  </message>
  <message>
   <source>What a search finds</source>
   <translation>Lo que halla una búsqueda</translation>
  </message>
  <message>
   <source>What a search finds, with its receipt. CSV and XLSX.</source>
   <translation>Lo que halla una búsqueda, con su recibo. CSV y XLSX.</translation>
  </message>
  <message>
   <source>What comes first</source>
   <translation>Lo primero</translation>
  </message>
  <message>
   <source>What is marked, backwards</source>
   <translation>Lo marcado, hacia atrás</translation>
  </message>
  <message>
   <source>What is marked, one by one</source>
   <translation>Lo marcado, una marca tras otra</translation>
  </message>
  <message>
   <source>What is missing</source>
   <translation>Qué falta</translation>
  </message>
  <message>
   <source>What is not as it was made</source>
   <translation>Qué no está como se hizo</translation>
  </message>
  <message>
   <source>What is running</source>
   <translation>En curso</translation>
  </message>
  <message>
   <source>What is running…</source>
   <translation>En curso…</translation>
  </message>
  <message>
   <source>What is to be exported</source>
   <translation>Qué se exporta</translation>
  </message>
  <message>
   <source>What is to go</source>
   <translation>Qué ha de desaparecer</translation>
  </message>
  <message>
   <source>What it holds lies deeper than %1 levels and was not opened.</source>
   <translation>Lo que contiene está a más de %1 niveles de profundidad y no se abrió.</translation>
  </message>
  <message>
   <source>What it would do</source>
   <translation>Lo que haría</translation>
  </message>
  <message>
   <source>What keys do</source>
   <translation>Lo que hacen las teclas</translation>
  </message>
  <message>
   <source>What leaves the laptop</source>
   <translation>Qué sale del portátil</translation>
  </message>
  <message>
   <source>What only one of them has is marked.</source>
   <translation>Lo que solo tiene uno está marcado.</translation>
  </message>
  <message>
   <source>What to look at</source>
   <translation>Qué mirar</translation>
  </message>
  <message>
   <source>What was just done</source>
   <translation>Lo último que se hizo</translation>
  </message>
  <message>
   <source>What was recognised is uncertain: %1.</source>
   <translation>Lo reconocido es inseguro: %1.</translation>
  </message>
  <message>
   <source>Where one officer is tagged</source>
   <translation>Donde está etiquetado un agente</translation>
  </message>
  <message>
   <source>Where the marks stand on this page is not known; they stand in Text.</source>
   <translation>No se sabe dónde están las marcas en esta página; están en Texto.</translation>
  </message>
  <message>
   <source>Where you coded otherwise</source>
   <translation>Donde usted codificó otra cosa</translation>
  </message>
  <message>
   <source>Who does %1 %2 stand for?</source>
   <translation>¿A quién corresponde %1 %2?</translation>
  </message>
  <message>
   <source>Who is shown</source>
   <translation>Quién se muestra</translation>
  </message>
  <message>
   <source>Whoever is logged in to this computer as you could then open the case without its passphrase. A window that was locked, and every export, ask for the passphrase all the same.</source>
   <translation>Quien haya iniciado sesión en este equipo como usted podría entonces abrir el caso sin su frase de contraseña. Una ventana bloqueada y cada exportación la piden igualmente.</translation>
  </message>
  <message>
   <source>Whole lines: no width tells a name</source>
   <translation>Líneas enteras: ningún ancho delata un nombre</translation>
  </message>
  <message>
   <source>Whose documents they are, where an import names nobody</source>
   <translation>De quién son los documentos, si la importación no nombra a nadie</translation>
  </message>
  <message>
   <source>Why</source>
   <translation>Por qué</translation>
  </message>
  <message>
   <source>Why it is suggested</source>
   <translation>Por qué se sugiere</translation>
  </message>
  <message>
   <source>Why this level</source>
   <translation>Por qué este nivel</translation>
  </message>
  <message>
   <source>Why this level is proposed</source>
   <translation>Por qué se propone este nivel</translation>
  </message>
  <message>
   <source>Why? The look and its reason stand in the ledger.</source>
   <translation>¿Por qué? La consulta y su motivo constan en el registro.</translation>
  </message>
  <message>
   <source>With families</source>
   <translation>Con familias</translation>
  </message>
  <message>
   <source>With suggestions</source>
   <translation>Con sugerencias</translation>
  </message>
  <message>
   <source>With the %1 documents that are attached</source>
   <translation>Con los %1 documentos adjuntos</translation>
  </message>
  <message>
   <source>With the document that is attached</source>
   <translation>Con el documento adjunto</translation>
  </message>
  <message>
   <source>With the originals, as .untrusted</source>
   <translation>Con los originales, como .untrusted</translation>
  </message>
  <message>
   <source>Withdraw</source>
   <translation>Retirar</translation>
  </message>
  <message>
   <source>Withdraw %1</source>
   <translation>Retirar %1</translation>
  </message>
  <message>
   <source>Withdraw an exhibit</source>
   <translation>Retirar una prueba</translation>
  </message>
  <message>
   <source>Withdraw…</source>
   <translation>Retirar…</translation>
  </message>
  <message>
   <source>Word</source>
   <translation>Word</translation>
  </message>
  <message>
   <source>Words</source>
   <translation>Palabras</translation>
  </message>
  <message>
   <source>Words of the sticker</source>
   <translation>Palabras del adhesivo</translation>
  </message>
  <message>
   <source>Work of others in it, and its licences</source>
   <translation>Trabajo de otros que incluye, y sus licencias</translation>
  </message>
  <message>
   <source>Working</source>
   <translation>Trabajando</translation>
  </message>
  <message>
   <source>Working…</source>
   <translation>Trabajando…</translation>
  </message>
  <message>
   <source>Worst</source>
   <translation>Peor</translation>
  </message>
  <message>
   <source>Write</source>
   <translation>Escribir</translation>
  </message>
  <message>
   <source>Write a copy…</source>
   <translation>Escribir una copia…</translation>
  </message>
  <message>
   <source>Write a redacted copy</source>
   <translation>Escribir una copia tachada</translation>
  </message>
  <message>
   <source>Write my pack</source>
   <translation>Escribir mi paquete</translation>
  </message>
  <message>
   <source>Write my pack…</source>
   <translation>Escribir mi paquete…</translation>
  </message>
  <message>
   <source>Write this head of the ledger on paper. Against it anybody can tell later whether the record of this export was changed.</source>
   <translation>Anote en papel esta cabeza del libro de actas. Con ella cualquiera puede saber después si se cambió el registro de esta exportación.</translation>
  </message>
  <message>
   <source>Written</source>
   <translation>Escrito</translation>
  </message>
  <message>
   <source>Written and checked</source>
   <translation>Escrito y comprobado</translation>
  </message>
  <message>
   <source>Written to %1. It stands there unencrypted.</source>
   <translation>Escrito en %1. Allí está sin cifrar.</translation>
  </message>
  <message>
   <source>X</source>
   <translation>X</translation>
  </message>
  <message>
   <source>Y</source>
   <translation>Y</translation>
  </message>
  <message>
   <source>You become a reviewer of your own in this case; what was decided under the lost passphrase keeps its author.</source>
   <translation>Pasa a ser un revisor propio en este caso; lo decidido con la frase perdida conserva su autor.</translation>
  </message>
  <message>
   <source>You can search and code meanwhile: what has been read can be found.</source>
   <translation>Mientras tanto puede buscar y codificar: lo ya leído puede hallarse.</translation>
  </message>
  <message>
   <source>You have no tag for that officer there.</source>
   <translation>No tiene ahí ninguna etiqueta para ese agente.</translation>
  </message>
  <message>
   <source>You have worked for {0} minutes. A short break helps.</source>
   <translation>Lleva {0} minutos trabajando. Un breve descanso ayuda.</translation>
  </message>
  <message>
   <source>You may only read in this case; ask a reviewer who may do more.</source>
   <translation>En este caso solo puede leer; pídaselo a un revisor que pueda hacer más.</translation>
  </message>
  <message>
   <source>Your draft is here again; it is not kept as the plan yet.</source>
   <translation>Su borrador está aquí otra vez; aún no está guardado como plan.</translation>
  </message>
  <message>
   <source>Your name, as it stands beside every decision</source>
   <translation>Su nombre, como consta junto a cada decisión</translation>
  </message>
  <message>
   <source>Your own passphrase</source>
   <translation>Su propia frase de contraseña</translation>
  </message>
  <message>
   <source>Your passphrase of the case, once more</source>
   <translation>Su contraseña del caso, otra vez</translation>
  </message>
  <message>
   <source>Your passphrase, as it is now</source>
   <translation>Su frase de contraseña actual</translation>
  </message>
  <message>
   <source>a merge taken back</source>
   <translation>fusión deshecha</translation>
  </message>
  <message>
   <source>about %1</source>
   <translation>unos %1</translation>
  </message>
  <message>
   <source>about %1 left</source>
   <translation>quedan unos %1</translation>
  </message>
  <message>
   <source>accepted</source>
   <translation>aceptada</translation>
  </message>
  <message>
   <source>acquisition recorded</source>
   <translation>adquisición registrada</translation>
  </message>
  <message>
   <source>after %1 minutes</source>
   <translation>a los %1 minutos</translation>
  </message>
  <message>
   <source>all</source>
   <translation>todas</translation>
  </message>
  <message>
   <source>all + attached</source>
   <translation>todas + adjuntos</translation>
  </message>
  <message>
   <source>all; or 1-3,7</source>
   <translation>todas; o 1-3,7</translation>
  </message>
  <message>
   <source>and %1 more</source>
   <translation>y %1 más</translation>
  </message>
  <message>
   <source>answer taken back</source>
   <translation>respuesta retirada</translation>
  </message>
  <message>
   <source>at least %1 places</source>
   <translation>al menos %1 lugares</translation>
  </message>
  <message>
   <source>at the first build</source>
   <translation>al hacer el libro</translation>
  </message>
  <message>
   <source>change %1 of %2</source>
   <translation>cambio %1 de %2</translation>
  </message>
  <message>
   <source>choose</source>
   <translation>elegir</translation>
  </message>
  <message>
   <source>conflict settled</source>
   <translation>conflicto resuelto</translation>
  </message>
  <message>
   <source>copy</source>
   <translation>copia</translation>
  </message>
  <message>
   <source>date or words</source>
   <translation>fecha o palabras</translation>
  </message>
  <message>
   <source>document</source>
   <translation>documento</translation>
  </message>
  <message>
   <source>document in %1 ms</source>
   <translation>documento en %1 ms</translation>
  </message>
  <message>
   <source>documents in %1 ms</source>
   <translation>documentos en %1 ms</translation>
  </message>
  <message>
   <source>element answered</source>
   <translation>dato respondido</translation>
  </message>
  <message>
   <source>eligible</source>
   <translation>con derecho</translation>
  </message>
  <message>
   <source>every document</source>
   <translation>todos los documentos</translation>
  </message>
  <message>
   <source>every one has a disposition</source>
   <translation>cada uno tiene una situación</translation>
  </message>
  <message>
   <source>exhibit changed</source>
   <translation>prueba modificada</translation>
  </message>
  <message>
   <source>exported</source>
   <translation>exportado</translation>
  </message>
  <message>
   <source>folded</source>
   <translation>plegado</translation>
  </message>
  <message>
   <source>granted</source>
   <translation>concedida</translation>
  </message>
  <message>
   <source>harm %1 %2</source>
   <translation>daño %1 %2</translation>
  </message>
  <message>
   <source>hit %1 of %2</source>
   <translation>acierto %1 de %2</translation>
  </message>
  <message>
   <source>import a roster first</source>
   <translation>importe primero una nómina</translation>
  </message>
  <message>
   <source>is named here</source>
   <translation>se nombra aquí</translation>
  </message>
  <message>
   <source>is not named here</source>
   <translation>no se nombra aquí</translation>
  </message>
  <message>
   <source>its first %1 characters of %2</source>
   <translation>sus primeros %1 caracteres de %2</translation>
  </message>
  <message>
   <source>kept: %1</source>
   <translation>guardado: %1</translation>
  </message>
  <message>
   <source>known passwords changed</source>
   <translation>contraseñas conocidas cambiadas</translation>
  </message>
  <message>
   <source>label removed</source>
   <translation>marca retirada</translation>
  </message>
  <message>
   <source>label set</source>
   <translation>marca puesta</translation>
  </message>
  <message>
   <source>lead</source>
   <translation>responsable</translation>
  </message>
  <message>
   <source>left as unsure</source>
   <translation>dejada como dudosa</translation>
  </message>
  <message>
   <source>left out</source>
   <translation>excluido</translation>
  </message>
  <message>
   <source>listed, with reasons</source>
   <translation>en la lista, con motivos</translation>
  </message>
  <message>
   <source>locks in %1 min</source>
   <translation>se bloquea en %1 min</translation>
  </message>
  <message>
   <source>locks in %1 s</source>
   <translation>se bloquea en %1 s</translation>
  </message>
  <message>
   <source>made an exhibit</source>
   <translation>convertido en prueba</translation>
  </message>
  <message>
   <source>marked reviewed</source>
   <translation>marcado como revisado</translation>
  </message>
  <message>
   <source>marked to do</source>
   <translation>marcado como pendiente</translation>
  </message>
  <message>
   <source>may be named here, not sure</source>
   <translation>quizá se nombra aquí, no es seguro</translation>
  </message>
  <message>
   <source>mention answered</source>
   <translation>mención respondida</translation>
  </message>
  <message>
   <source>named in %1, %2 not reviewed; %3 of data suggested</source>
   <translation>nombrado en %1, %2 sin revisar; %3 de datos sugeridos</translation>
  </message>
  <message>
   <source>named in %1, all reviewed, nothing tagged</source>
   <translation>nombrado en %1, todo revisado, nada etiquetado</translation>
  </message>
  <message>
   <source>named in %1, all reviewed, nothing tagged, cleared</source>
   <translation>nombrado en %1, todo revisado, nada etiquetado, descartado</translation>
  </message>
  <message>
   <source>named in %1; %2 of data suggested</source>
   <translation>nombrado en %1; %2 de datos sugeridos</translation>
  </message>
  <message>
   <source>near-duplicate</source>
   <translation>casi duplicado</translation>
  </message>
  <message>
   <source>no changes</source>
   <translation>sin cambios</translation>
  </message>
  <message>
   <source>no documents yet</source>
   <translation>aún sin documentos</translation>
  </message>
  <message>
   <source>no hits</source>
   <translation>sin aciertos</translation>
  </message>
  <message>
   <source>no key</source>
   <translation>sin tecla</translation>
  </message>
  <message>
   <source>no kind</source>
   <translation>ningún tipo</translation>
  </message>
  <message>
   <source>none</source>
   <translation>ninguno</translation>
  </message>
  <message>
   <source>none, or CONFIDENTIAL</source>
   <translation>ninguna, o CONFIDENCIAL</translation>
  </message>
  <message>
   <source>not %1</source>
   <translation>no %1</translation>
  </message>
  <message>
   <source>not at all</source>
   <translation>en absoluto</translation>
  </message>
  <message>
   <source>not coded yet</source>
   <translation>aún sin codificar</translation>
  </message>
  <message>
   <source>not in the file</source>
   <translation>no está en el archivo</translation>
  </message>
  <message>
   <source>not redacted yet</source>
   <translation>sin tachar aún</translation>
  </message>
  <message>
   <source>not set</source>
   <translation>sin poner</translation>
  </message>
  <message>
   <source>not shown</source>
   <translation>oculto</translation>
  </message>
  <message>
   <source>not ticked</source>
   <translation>sin marcar</translation>
  </message>
  <message>
   <source>nothing</source>
   <translation>nada</translation>
  </message>
  <message>
   <source>nothing reviewed yet</source>
   <translation>nada revisado aún</translation>
  </message>
  <message>
   <source>nothing to show</source>
   <translation>nada que mostrar</translation>
  </message>
  <message>
   <source>notice decided</source>
   <translation>aviso decidido</translation>
  </message>
  <message>
   <source>open</source>
   <translation>abierto</translation>
  </message>
  <message>
   <source>opens it no more</source>
   <translation>ya no lo abre</translation>
  </message>
  <message>
   <source>or</source>
   <translation>o</translation>
  </message>
  <message>
   <source>p. %1</source>
   <translation>p. %1</translation>
  </message>
  <message>
   <source>page %1</source>
   <translation>página %1</translation>
  </message>
  <message>
   <source>page %1 of %2</source>
   <translation>página %1 de %2</translation>
  </message>
  <message>
   <source>passage on p. %1</source>
   <translation>pasaje en p. %1</translation>
  </message>
  <message>
   <source>perhaps</source>
   <translation>quizá</translation>
  </message>
  <message>
   <source>read-only</source>
   <translation>solo lectura</translation>
  </message>
  <message>
   <source>read-only trove</source>
   <translation>fondo de solo lectura</translation>
  </message>
  <message>
   <source>recognised text, may contain errors</source>
   <translation>texto reconocido, puede contener errores</translation>
  </message>
  <message>
   <source>redacted</source>
   <translation>tachado</translation>
  </message>
  <message>
   <source>refused</source>
   <translation>denegada</translation>
  </message>
  <message>
   <source>rejected</source>
   <translation>rechazada</translation>
  </message>
  <message>
   <source>removed by order</source>
   <translation>retirado por orden</translation>
  </message>
  <message>
   <source>report taken back</source>
   <translation>denuncia retirada</translation>
  </message>
  <message>
   <source>reported; sealed for good</source>
   <translation>denunciado; sellado para siempre</translation>
  </message>
  <message>
   <source>reviewer</source>
   <translation>revisor</translation>
  </message>
  <message>
   <source>reviewer added</source>
   <translation>revisor añadido</translation>
  </message>
  <message>
   <source>role given</source>
   <translation>función asignada</translation>
  </message>
  <message>
   <source>roster changed</source>
   <translation>nómina cambiada</translation>
  </message>
  <message>
   <source>same message</source>
   <translation>mismo mensaje</translation>
  </message>
  <message>
   <source>same text</source>
   <translation>mismo texto</translation>
  </message>
  <message>
   <source>saved search deleted</source>
   <translation>búsqueda guardada eliminada</translation>
  </message>
  <message>
   <source>sealed categories changed</source>
   <translation>categorías selladas cambiadas</translation>
  </message>
  <message>
   <source>sealed content exported</source>
   <translation>contenido sellado exportado</translation>
  </message>
  <message>
   <source>sealed content looked at</source>
   <translation>contenido sellado consultado</translation>
  </message>
  <message>
   <source>search saved</source>
   <translation>búsqueda guardada</translation>
  </message>
  <message>
   <source>searched, nothing found</source>
   <translation>buscado, nada hallado</translation>
  </message>
  <message>
   <source>set</source>
   <translation>puesta</translation>
  </message>
  <message>
   <source>setting changed</source>
   <translation>ajuste cambiado</translation>
  </message>
  <message>
   <source>shown</source>
   <translation>visible</translation>
  </message>
  <message>
   <source>suggested in %1</source>
   <translation>sugerido en %1</translation>
  </message>
  <message>
   <source>tag removed</source>
   <translation>etiqueta retirada</translation>
  </message>
  <message>
   <source>tag set</source>
   <translation>etiqueta puesta</translation>
  </message>
  <message>
   <source>tagged, worst %1 %2</source>
   <translation>etiquetado, el peor %1 %2</translation>
  </message>
  <message>
   <source>tagged, worst %1 %2, %3 not reviewed</source>
   <translation>etiquetado, el peor %1 %2, %3 sin revisar</translation>
  </message>
  <message>
   <source>ticked</source>
   <translation>marcado</translation>
  </message>
  <message>
   <source>to the passphrase you chose</source>
   <translation>con la contraseña que eligió</translation>
  </message>
  <message>
   <source>trove not connected</source>
   <translation>fondo no conectado</translation>
  </message>
  <message>
   <source>two people said to be one</source>
   <translation>dos personas declaradas una sola</translation>
  </message>
  <message>
   <source>undo</source>
   <translation>deshacer</translation>
  </message>
  <message>
   <source>way into the case changed</source>
   <translation>acceso al caso cambiado</translation>
  </message>
  <message>
   <source>worst</source>
   <translation>peor</translation>
  </message>
  <message>
   <source>{0} in the last hour</source>
   <translation>{0} en la última hora</translation>
  </message>
  <message>
   <source>{0} of {1} to do</source>
   <translation>{0} de {1} por hacer</translation>
  </message>
  <message>
   <source>{0} severe documents today. A short break helps.</source>
   <translation>{0} documentos graves hoy. Un breve descanso ayuda.</translation>
  </message>
  <message>
   <source>{0} severe today</source>
   <translation>{0} graves hoy</translation>
  </message>
  <message>
   <source>“%1” is not in the usual places. Open it by its folder; EvidenceBox keeps no paths.</source>
   <translation>«%1» no está en los lugares habituales. Ábralo por su carpeta; EvidenceBox no guarda rutas.</translation>
  </message>
 </context>
</TS>
