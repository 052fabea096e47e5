using Federation.Testing;

namespace Federation.Integration.Tests.Support;

/// <summary>A real etcd on loopback, with certificates one that asks each client for one.</summary>
public sealed class EtcdServer(string folder, TestCertificates? certificates = null) : IAsyncDisposable
{
    private const string Program = "/usr/bin/etcd";
    private readonly int _peerPort = PortBlock.One();
    private ChildProcess? _process;

    public static bool IsInstalled => File.Exists(Program);

    public int Port { get; } = PortBlock.One();

    public void Start() => _process = ChildProcess.Start(
        "etcd",
        Path.Combine(folder, "etcd.log"),
        Program,
        [
            "--data-dir", Path.Combine(folder, "etcd"),
            "--listen-client-urls", ClientUrl, "--advertise-client-urls", ClientUrl,
            "--listen-peer-urls", $"http://127.0.0.1:{_peerPort}", "--initial-advertise-peer-urls",
            $"http://127.0.0.1:{_peerPort}",
            "--initial-cluster", $"default=http://127.0.0.1:{_peerPort}",
            .. certificates is null ? [] : (string[])
            [
                "--client-cert-auth", "--cert-file", certificates.CertFile, "--key-file", certificates.KeyFile,
                "--trusted-ca-file", certificates.CAFile,
            ],
        ]);

    private string ClientUrl => $"{(certificates is null ? "http" : "https")}://127.0.0.1:{Port}";

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;
}
