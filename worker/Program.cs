using System.CommandLine;
using System.CommandLine.Invocation;
using Federation.Worker.Phases;

var root = new RootCommand("Federation's worker: runs sealing phases") { PhaseCommand.Create() };
var parsed = root.Parse(args);
if (parsed.Action is ParseErrorAction error)
{
    // What was typed wrong is said in one sentence; help is asked for with --help.
    error.ShowHelp = false;
}

return await parsed.InvokeAsync();
