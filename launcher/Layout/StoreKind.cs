namespace Federation.Launcher.Layout;

/// <summary>What keeps the federation's shared state.</summary>
internal enum StoreKind
{
    /// <summary>The store inside the miner.</summary>
    Embedded = 0,

    /// <summary>etcd, as its own process.</summary>
    Etcd = 1,
}
