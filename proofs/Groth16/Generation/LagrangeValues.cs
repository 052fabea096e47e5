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
    public static Fr[] At(FftDomain domain, Fr tau, int threads, CancellationToken cancellationToken)
    {
        var vanishing = VanishingAt(domain, tau);
        if (vanishing.IsZero)
        {
            throw new InvalidOperationException("tau is a root of unity; draw it again");
        }

        var factor = vanishing * Fr.FromUInt64((ulong)domain.Size).Inverse();
        var values = new Fr[domain.Size];
        var size = Math.Min(PieceSize, values.Length);
        ParallelLoop.Run(
            values.Length / size,
            threads,
            piece => Fill(values.AsSpan(piece * size, size), domain.Root, (ulong)(piece * size), tau, factor),
            cancellationToken);
        return values;
    }

    /// <summary>tau^m - 1.</summary>
    public static Fr VanishingAt(FftDomain domain, Fr tau) => tau.PowVarTime((ulong)domain.Size) - Fr.One;

    private static void Fill(Span<Fr> values, Fr root, ulong first, Fr tau, Fr factor)
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
