namespace Federation.Integration.Tests.Support;

/// <summary>A real etcd on loopback.</summary>
public sealed class EtcdServer(string folder) : IAsyncDisposable
{
    private const string Program = "/usr/bin/etcd";
    private readonly int _peerPort = Ports.One();
    private ChildProcess? _process;

    public static bool IsInstalled => File.Exists(Program);

    public int Port { get; } = Ports.One();

    public void Start() => _process = ChildProcess.Start(
        "etcd",
        Path.Combine(folder, "etcd.log"),
        Program,
        [
            "--data-dir", Path.Combine(folder, "etcd"),
            "--listen-client-urls", $"http://127.0.0.1:{Port}", "--advertise-client-urls", $"http://127.0.0.1:{Port}",
            "--listen-peer-urls", $"http://127.0.0.1:{_peerPort}", "--initial-advertise-peer-urls", $"http://127.0.0.1:{_peerPort}",
            "--initial-cluster", $"default=http://127.0.0.1:{_peerPort}",
        ]);

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;
}
