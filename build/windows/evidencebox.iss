; Inno Setup 6 script, compiled by build/windows/package.ps1.
; Per user: no administrator, no network, cases and settings are left when it is removed.
#ifndef Version
  #error Version is not defined: compile with package.ps1
#endif
#ifndef Bundle
  #error Bundle is not defined: compile with package.ps1
#endif

[Setup]
; Fixed for ever: by it Windows knows an upgrade from another program.
AppId={{6E0F7B5C-7C0F-5B53-9D0E-2A3B8C1F4E77}
AppName=EvidenceBox
AppVersion={#Version}
AppPublisher=The EvidenceBox authors
DefaultDirName={userpf}\EvidenceBox
DefaultGroupName=EvidenceBox
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
OutputBaseFilename=EvidenceBox-{#Version}-windows-x64
SetupIconFile=..\..\.work\icons\evidencebox.ico
UninstallDisplayIcon={app}\evidencebox-desk.exe
LicenseFile=..\..\LICENSE
Compression=lzma2/max
SolidCompression=yes
ChangesAssociations=yes
; The running program holds this mutex while a case is open; set-up then asks to close it.
AppMutex=EvidenceBoxRunning
CloseApplications=no
WizardStyle=modern
TimeStampRounding=0
TimeStampsInUTC=yes
#ifdef SignTool
SignTool={#SignTool}
SignedUninstaller=yes
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "es"; MessagesFile: "compiler:Languages\Spanish.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[Files]
Source: "{#Bundle}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[InstallDelete]
; Libraries of the version before would be found first.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\EvidenceBox"; Filename: "{app}\evidencebox-desk.exe"
Name: "{userdesktop}\EvidenceBox"; Filename: "{app}\evidencebox-desk.exe"; Tasks: desktopicon

[Registry]
; A case is a folder, and Windows ties no program to a folder by its name: a menu entry instead.
Root: HKCU; Subkey: "Software\Classes\Directory\shell\EvidenceBox"; ValueType: string; ValueData: "Open case in EvidenceBox"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\Directory\shell\EvidenceBox"; ValueType: string; ValueName: "AppliesTo"; ValueData: "System.FileName:""*.evidencebox"""
Root: HKCU; Subkey: "Software\Classes\Directory\shell\EvidenceBox"; ValueType: string; ValueName: "Icon"; ValueData: "{app}\evidencebox-desk.exe"
Root: HKCU; Subkey: "Software\Classes\Directory\shell\EvidenceBox\command"; ValueType: string; ValueData: """{app}\evidencebox-desk.exe"" ""%1"""

[Run]
Filename: "{app}\evidencebox-desk.exe"; Description: "{cm:LaunchProgram,EvidenceBox}"; Flags: nowait postinstall skipifsilent
; Nothing is deleted on removal but what was installed: cases and settings stay.
