using System.Security.Cryptography;
using Federation.Bench.References;
using Federation.Proofs.Sha256;

namespace Federation.Bench.Figures;

/// <summary>
/// <c>sha256.lanes</c>: SHA-256 of separate messages of 16 KiB, one behind the other in memory, on one core; they are
/// transposed into lanes as they are hashed.
/// </summary>
internal sealed class MessageDigests : IFigure
{
    private const int MessageSize = 16 << 10, Messages = 64, Repetitions = 64, Seed = 256;

    private readonly byte[] _messages = new byte[Messages * MessageSize];
    private readonly byte[] _digests = new byte[Messages * MessageHasher.DigestBytes];

    public string Name => "sha256.lanes";

    public FigureUnit Unit => FigureUnit.BytesPerSecond();

    public string Operation => "byte";

    public int Cores => 1;

    public string Reference => ReferenceFigures.LongSha256;

    public FigureGoal Goal => new(GoalMeasure.Ratio, 1.5);

    public void Prepare(FigureContext context, CancellationToken cancellationToken)
    {
        new Random(Seed).NextBytes(_messages);
        MessageHasher.Hash(_messages, MessageSize, _digests);
        for (var i = 0; i < Messages; i++)
        {
            var digest = SHA256.HashData(_messages.AsSpan(i * MessageSize, MessageSize));
            if (!_digests.AsSpan(i * digest.Length, digest.Length).SequenceEqual(digest))
            {
                throw new InvalidOperationException($"the digest of message {i} is not that of the runtime");
            }
        }
    }

    public double Run(CancellationToken cancellationToken)
    {
        for (var i = 0; i < Repetitions; i++)
        {
            MessageHasher.Hash(_messages, MessageSize, _digests);
        }

        return (double)Repetitions * _messages.Length;
    }

    public void Dispose()
    {
    }
}
