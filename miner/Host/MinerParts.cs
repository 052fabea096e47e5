using Federation.Chain.Devnet;
using Federation.Hosting.Net;
using Federation.Hosting.Repository;
using Federation.Miner.Config;
using Federation.Miner.Shelf;

namespace Federation.Miner.Host;

/// <summary>What a running miner has open.</summary>
internal sealed record MinerParts(
    RepositoryFolder Repository, ActorFile Actor, MinerConfig Config, TlsMaterial? Tls, StoreSide Store,
    ProofShelf Shelf, DevnetChain Chain);
