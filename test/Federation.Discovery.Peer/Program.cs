using Federation.Discovery.Peer;

// The other process of tests that need one: a store to be killed, a rival to race with.
return args switch
{
    ["serve", var folder, var port] => await ServeCommand.RunAsync(folder, port),
    ["write", var folder] => await WriteCommand.RunAsync(folder),
    ["race", var address, var miner, var name] => await RaceCommand.RunAsync(address, miner, name),
    ["measure", var address] => await MeasureCommand.RunAsync(address),
    _ => throw new ArgumentException(
        "usage: serve FOLDER PORT | write FOLDER | race ADDRESS MINER NAME | measure ADDRESS"),
};
