using System.CommandLine;
using Federation.Hosting.Cli;
using Federation.Worker.Circuits;
using Federation.Worker.Parameters;
using Federation.Worker.Phases;
using Federation.Worker.Processor;
using Federation.Worker.Run;

var root = new RootCommand("Federation's worker: runs sealing phases for the miner-agent of its region")
{
    RunCommand.Create(),
    InfoCommand.Create(),
    PhaseCommand.Create(),
    ProcessorCommand.Create(),
    ParametersCommand.Create(),
    CircuitCommand.Create(),
};
return await CliProgram.RunAsync(root, args, Console.Out, Console.Error);
