using System.Net;
using System.Net.Sockets;

namespace Federation.Hosting.Net;

/// <summary>A port that a daemon is about to listen on.</summary>
/// <param name="Endpoint">Its address.</param>
/// <param name="Use">What it is for, such as "ServePort + 1, HTTP".</param>
/// <param name="Key">The setting that chooses it.</param>
public sealed record PortClaim(IPEndPoint Endpoint, string Use, string Key)
{
    /// <summary>How long a port may stay taken: one of a process that was just killed closes within this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Why it cannot be listened on, in one sentence with the remedy; null when it can.</summary>
    /// <remarks>Another process may still take it before the listener opens.</remarks>
    public string? FindProblem() => Try() is { } error ? Explain(error.SocketErrorCode, error.Message) : null;

    /// <summary>
    /// Returns when all ports can be listened on. Those in use are tried again for two seconds: a daemon that starts
    /// over right after its predecessor was killed must not end for a port that is just being closed.
    /// </summary>
    /// <exception cref="OperatorException">
    /// Some cannot: one sentence for each setting, as another value of it cures all that is said of its ports.
    /// </exception>
    public static async Task RequireFreeAsync(
        IReadOnlyList<PortClaim> claims, TimeProvider time, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var refused = claims.Select(static claim => (Claim: claim, Error: claim.Try()))
                .Where(static tried => tried.Error is not null)
                .DistinctBy(static tried => tried.Claim.Key).ToList();
            if (refused.Count == 0)
            {
                return;
            }

            var mayPass = refused.TrueForAll(static r => r.Error!.SocketErrorCode == SocketError.AddressAlreadyInUse);
            if (!mayPass || time.GetElapsedTime(started) >= Patience)
            {
                throw new OperatorException(string.Join(
                    '\n', refused.Select(static r => r.Claim.Explain(r.Error!.SocketErrorCode, r.Error.Message))));
            }

            await Task.Delay(Interval, time, ct);
        }
    }

    /// <summary>The sentence for a failed bind.</summary>
    internal string Explain(SocketError error, string detail)
    {
        var port = $"port {Endpoint.Port} on {Endpoint.Address} ({Use})";
        return error switch
        {
            SocketError.AddressAlreadyInUse =>
                $"{port} is in use by another process{Holder()}; stop that one or set another {Key}.",
            SocketError.AddressNotAvailable =>
                $"{Endpoint.Address} ({Use}) is no address of this machine; set one that is.",
            SocketError.AccessDenied => $"{port} may not be opened by this user; set a {Key} above 1023.",
            _ => $"{port} cannot be opened: {detail}; check {Key}.",
        };
    }

    private string Holder() => PortHolder.Find(Endpoint.Port) is { } holder ? $", {holder}" : "";

    private SocketException? Try()
    {
        using var socket = new Socket(Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(Endpoint);
            socket.Listen(1);
            return null;
        }
        catch (SocketException error)
        {
            return error;
        }
    }
}
