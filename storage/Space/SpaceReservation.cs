using Federation.Storage.Attempts;

namespace Federation.Storage.Space;

/// <summary>Room held for a running phase until it is disposed, or its attempt's folder is gone.</summary>
public sealed class SpaceReservation : IDisposable
{
    private readonly AttemptFolder _attempt;

    internal SpaceReservation(AttemptFolder attempt) => _attempt = attempt;

    /// <summary>Gives the room back. Repeatable; a storage that is away keeps it until the attempt goes.</summary>
    public void Dispose() => _attempt.EndReservation();
}
