using Federation.Proofs.Fft;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Groth16.Generation;

/// <summary>
/// The values at tau of the polynomials that are one at a single point of a domain and zero at all others:
/// (tau^m - 1) / m · w^j / (tau - w^j).
/// </summary>
internal static class LagrangeValues
{
    private const int PieceSize = 4096;

    /// <summary>The values, one for each point of the domain.</summary>
    /// <exception cref="InvalidOperationException">Tau lies in the domain.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Fr[] At(FftDomain domain, in Fr tau, int threads, CancellationToken cancellationToken)
    {
        var vanishing = VanishingAt(domain, tau);
        if (vanishing.IsZero)
        {
            throw new InvalidOperationException("tau is a root of unity; draw it again");
        }

        // What the lambda captures lies on the heap: it is what will be wiped, not tau itself.
        using var tauAndFactor = new SecretScalars(
            tau, vanishing * Fr.FromUInt64((ulong)domain.Size).Inverse());
        var values = new Fr[domain.Size];
        var size = Math.Min(PieceSize, values.Length);
        try
        {
            ParallelLoop.Run(
                values.Length / size,
                threads,
                piece => Fill(
                    values.AsSpan(piece * size, size),
                    domain.Root,
                    (ulong)(piece * size),
                    tauAndFactor[0],
                    tauAndFactor[1]),
                cancellationToken);
            return values;
        }
        catch (OperationCanceledException)
        {
            values.AsSpan().Clear();
            throw;
        }
    }

    /// <summary>tau^m - 1.</summary>
    public static Fr VanishingAt(FftDomain domain, in Fr tau) => tau.PowVarTime((ulong)domain.Size) - Fr.One;

    private static void Fill(Span<Fr> values, Fr root, ulong first, in Fr tau, in Fr factor)
    {
        // One inversion for all: the products of those before each go forward, the inverses come back.
        var points = new Fr[values.Length];
        var point = root.PowVarTime(first);
        var product = Fr.One;
        for (var i = 0; i < values.Length; i++)
        {
            points[i] = point;
            values[i] = product;
            product *= tau - point;
            point *= root;
        }

        var inverse = product.Inverse() * factor;
        for (var i = values.Length - 1; i >= 0; i--)
        {
            values[i] *= inverse * points[i];
            inverse *= tau - points[i];
        }
    }
}
