using Federation.Hosting.Cli;
using Federation.Miner.Cli;

return await CliProgram.RunAsync(MinerCommands.Create(), args, Console.Out, Console.Error);
