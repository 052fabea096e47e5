using System.CommandLine;
using Federation.Bench.Dispatch;
using Federation.Hosting.Cli;

var root = new RootCommand("Measures a federation of real processes on this machine") { DispatchCommand.Create() };
return await CliProgram.RunAsync(root, args, Console.Out, Console.Error);
