using System.CommandLine;
using Federation.Hosting.Cli;
using Federation.MinerAgent.Commands;

var root = new RootCommand(
    "Federation's miner-agent: claims sealing jobs for its region and gives their phases to workers")
{
    AgentOptions.Repository,
    InitCommand.Create(),
    RunCommand.Create(),
    InfoCommand.Create(),
    StorageCommands.Create(),
};
return await CliProgram.RunAsync(root, args, Console.Out, Console.Error);
