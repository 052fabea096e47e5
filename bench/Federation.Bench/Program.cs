using System.CommandLine;
using Federation.Bench;
using Federation.Bench.Dispatch;
using Federation.Hosting.Cli;

var root = new RootCommand("Measures this machine: kernels, phases and whole seals, each against its reference")
{
    DispatchCommand.Create(),
};
FiguresCommand.AddTo(root);
return await CliProgram.RunAsync(root, args, Console.Out, Console.Error);
