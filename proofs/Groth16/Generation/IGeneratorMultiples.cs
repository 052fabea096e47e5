using Federation.Proofs.Fields;

namespace Federation.Proofs.Groth16.Generation;

/// <summary>Multiples of a group's generator, uncompressed.</summary>
internal interface IGeneratorMultiples : IDisposable
{
    /// <summary>Bytes of one point.</summary>
    int PointSize { get; }

    /// <summary>Writes the generator times each scalar.</summary>
    void Write(ReadOnlySpan<Fr> scalars, byte[] bytes, int threads, CancellationToken cancellationToken);
}
