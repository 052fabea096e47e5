namespace Federation.Discovery.Tests.Support;

public sealed class EtcdFixture : ServerFixture
{
    private EtcdProcess? _process;

    public override string Address => _process!.Address;

    public override async Task InitializeAsync()
    {
        if (EtcdProcess.IsInstalled)
        {
            _process = await EtcdProcess.StartAsync();
            await base.InitializeAsync();
        }
    }

    protected override Task RestartServerAsync() => _process!.RestartAsync();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (_process is { } process)
        {
            await process.DisposeAsync();
        }
    }
}
