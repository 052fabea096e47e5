using Federation.Proofs.Curve;
using Federation.Proofs.Fields;
using Federation.Proofs.Groth16.Parameters;
using Federation.Proofs.Msm;

namespace Federation.Proofs.Groth16.Generation;

/// <summary>Multiples of the generator of G1, by a table that pays for so many.</summary>
internal sealed class G1Multiples(long scalars) : IGeneratorMultiples
{
    private readonly G1FixedBase _generator = new(G1Affine.Generator, scalars);

    private G1Affine[] _points = [];

    /// <inheritdoc/>
    public int PointSize => ParameterLayout.G1Size;

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<Fr> scalars, byte[] bytes, int threads, CancellationToken cancellationToken)
    {
        if (_points.Length < scalars.Length)
        {
            _points = new G1Affine[scalars.Length];
        }

        var points = _points;
        _generator.Multiply(scalars, points.AsSpan(0, scalars.Length), threads, cancellationToken);
        PointSection.ForParts(
            scalars.Length,
            threads,
            (start, end) =>
            {
                for (var i = start; i < end; i++)
                {
                    points[i].WriteUncompressed(bytes.AsSpan(i * PointSize, PointSize));
                }
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _generator.Dispose();
}
