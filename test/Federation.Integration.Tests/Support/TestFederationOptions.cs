namespace Federation.Integration.Tests.Support;

/// <summary>What a test wants of its federation.</summary>
public sealed record TestFederationOptions
{
    /// <summary>etcd itself, else the embedded store.</summary>
    public bool Etcd { get; init; }

    public string SectorSize { get; init; } = "2KiB";

    public int Regions { get; init; } = 2;

    public int WorkersPerRegion { get; init; } = 2;

    /// <summary>Whether the first region reaches store and miner through counting proxies.</summary>
    public bool Proxied { get; init; }

    /// <summary>So long that no pause of the machine ends a lease; what is restarted takes its own back at once.
    /// </summary>
    public string LeaseTtl { get; init; } = "30s";

    public string Grace { get; init; } = "4s";

    /// <summary>Mutual TLS everywhere, with certificates of the test's own authority.</summary>
    public bool Tls { get; init; }

    /// <summary>A file system of this size for the first region's storage; null for a plain folder.</summary>
    public int? FirstStorageKiB { get; init; }

    /// <summary>Value of the workers' --stretch, e.g. PC1=10m.</summary>
    public string? Stretch { get; init; }

    /// <summary>Value of the workers' --pc1-lanes; null for workers without.</summary>
    public int? Lanes { get; init; }

    /// <summary>
    /// Folder of Groth16 parameters: the devnet takes Groth16 proofs, and every worker runs C2. Null for a vanilla one.
    /// </summary>
    public string? Parameters { get; init; }

    /// <summary>Content of the workers' config.toml; null for none.</summary>
    public string? WorkerConfig { get; init; }
}
