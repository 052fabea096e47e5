using Federation.Hosting;

namespace Federation.Launcher.Sites;

/// <summary>Where the built programs are.</summary>
/// <param name="Bin">The build's output folder, which holds one folder per project.</param>
internal sealed record ProgramPaths(string Bin)
{
    /// <summary>The miner.</summary>
    public string Miner => Find("Federation.Miner", "miner");

    /// <summary>The agent.</summary>
    public string Agent => Find("Federation.MinerAgent", "miner-agent");

    /// <summary>The worker.</summary>
    public string Worker => Find("Federation.Worker", "worker");

    private string Find(string project, string program)
    {
        var path = Path.Combine(Bin, project, "release", program);
        return File.Exists(path)
            ? path
            : throw new OperatorException($"{path} is missing", "start with ./fed up, which builds it");
    }
}
