namespace Federation.Integration.Tests.Support;

/// <summary>The built programs, of the same configuration as the tests.</summary>
public static class TestPrograms
{
    public static string Miner { get; } = Find("Federation.Miner", "miner");

    public static string Agent { get; } = Find("Federation.MinerAgent", "miner-agent");

    public static string Worker { get; } = Find("Federation.Worker", "worker");

    private static string Find(string project, string name)
    {
        // artifacts/bin/Federation.Integration.Tests/<configuration>/
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        return Path.Combine(here.Parent!.Parent!.FullName, project, here.Name, name);
    }
}
