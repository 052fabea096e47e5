using Federation.Proofs.Fields;

namespace Federation.Proofs.Groth16.Generation;

/// <summary>Fills in scalars from the given place on.</summary>
internal delegate void ScalarSource(long first, Span<Fr> scalars);

/// <summary>Writes a section of a parameter file: a count, and as many multiples of a generator.</summary>
internal static class PointSection
{
    private const int PieceSize = 1 << 16, PartSize = 2048;

    public static void Write(
        NewFile file,
        IGeneratorMultiples generator,
        int count,
        ScalarSource source,
        int threads,
        Action<int> written,
        CancellationToken cancellationToken)
    {
        file.WriteCount(count);
        var scalars = new Fr[Math.Min(PieceSize, count)];
        var bytes = new byte[scalars.Length * generator.PointSize];
        try
        {
            for (var first = 0; first < count; first += PieceSize)
            {
                var size = Math.Min(PieceSize, count - first);
                var begin = first;
                ForParts(
                    size,
                    threads,
                    (start, end) => source(begin + start, scalars.AsSpan(start, end - start)),
                    cancellationToken);
                generator.Write(scalars.AsSpan(0, size), bytes, threads, cancellationToken);
                file.Write(bytes.AsSpan(0, size * generator.PointSize));
                written(size);
            }
        }
        finally
        {
            // Whoever knows them knows the secrets.
            scalars.AsSpan().Clear();
        }
    }

    /// <summary>Runs the body on parts, from a first to before a last, that make up 0 to count.</summary>
    public static void ForParts(
        int count, int threads, Action<int, int> body, CancellationToken cancellationToken) =>
        ParallelLoop.Run(
            (count + PartSize - 1) / PartSize,
            threads,
            part => body(part * PartSize, Math.Min(count, (part + 1) * PartSize)),
            cancellationToken);
}
