using Federation.Testing;

namespace Federation.Integration.Tests.Support;

/// <summary>One region of a test's federation.</summary>
public sealed class TestRegion(string name, string folder, int workers)
{
    public string Name { get; } = name;

    public int ServePort { get; } = PortBlock.Serve();

    public string Repository { get; } = Path.Combine(folder, "agent-" + name);

    public string Storage { get; } = Path.Combine(folder, "storage-" + name);

    public ChildProcess Agent { get; set; } = null!;

    public ChildProcess[] Workers { get; } = new ChildProcess[workers];

    public string WorkerName(int index) => $"worker-{Name}-{index + 1}";
}
