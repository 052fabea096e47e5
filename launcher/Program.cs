using System.CommandLine;
using System.CommandLine.Invocation;
using Federation.Launcher.Up;

var root = new RootCommand("Starts a small federation on this machine.") { UpCommand.Create() };
var parsed = root.Parse(args);
if (parsed.Action is ParseErrorAction error)
{
    // A wrong option gets its sentence, not a page of help before it.
    error.ShowHelp = false;
}

// Stopping is our own affair: the library would leave after two seconds, whether all processes have ended or not.
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
