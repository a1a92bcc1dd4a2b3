@echo off
rem Sluice on Windows. Finds a JDK 25, then lets build\Launcher.java build and run.
setlocal
set "ROOT=%~dp0"
set "JAVA="
if defined SLUICE_JAVA if exist "%SLUICE_JAVA%\bin\java.exe" set "JAVA=%SLUICE_JAVA%\bin\java.exe"
if not defined JAVA for /d %%D in ("%ProgramFiles%\Eclipse Adoptium\jdk-25*" "%ProgramFiles%\Java\jdk-25*" "%ProgramFiles%\Microsoft\jdk-25*" "%ProgramFiles%\Zulu\zulu-25*" "%USERPROFILE%\.jdks\*25*" "%USERPROFILE%\.sdkman\candidates\java\25*") do if exist "%%~D\bin\java.exe" set "JAVA=%%~D\bin\java.exe"
if not defined JAVA if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
if not defined JAVA for %%J in (java.exe) do set "JAVA=%%~$PATH:J"
if not defined JAVA (
  echo sluice: no JDK 25 or newer was found. Install one, or set SLUICE_JAVA to its home. 1>&2
  exit /b 1
)
"%JAVA%" --source 25 "-Dsluice.root=%ROOT%." "%ROOT%build\Launcher.java" --run %*
exit /b %ERRORLEVEL%
