namespace Federation.Storage.Space;

/// <summary>Room held for a running phase until it is disposed.</summary>
public sealed class SpaceReservation : IDisposable
{
    private readonly SpaceLedger _ledger;

    internal SpaceReservation(SpaceLedger ledger, SectorId sector, long throughBytes)
    {
        _ledger = ledger;
        Sector = sector;
        ThroughBytes = throughBytes;
    }

    /// <summary>The sector.</summary>
    public SectorId Sector { get; }

    /// <summary>Bytes that the sector may have come to take when the phase ends.</summary>
    public long ThroughBytes { get; }

    /// <summary>Gives the room back. Repeatable.</summary>
    public void Dispose() => _ledger.Release(this);
}
