using Federation.Proofs.Fields;

namespace Federation.Proofs.Groth16.Generation;

/// <summary>
/// The secrets of a parameter set: whoever knows them can prove what is false. Drawn from the system's randomness and
/// wiped when disposed; nothing writes or shows them.
/// </summary>
internal sealed class ToxicWaste : IDisposable
{
    private const int Count = 5;

    private readonly SecretScalars _secrets;

    /// <summary>Secrets that are given: for tests, whose parameters have to come out the same.</summary>
    /// <exception cref="ArgumentException">There are not five of them, or one is zero.</exception>
    public ToxicWaste(ReadOnlySpan<Fr> alphaBetaGammaDeltaTau)
    {
        if (alphaBetaGammaDeltaTau.Length != Count || alphaBetaGammaDeltaTau.Contains(Fr.Zero))
        {
            throw new ArgumentException("five secrets other than zero are needed");
        }

        _secrets = new SecretScalars(alphaBetaGammaDeltaTau);
    }

    private ToxicWaste() => _secrets = SecretScalars.Draw(Count);

    public Fr Alpha => _secrets[0];

    public Fr Beta => _secrets[1];

    public Fr Gamma => _secrets[2];

    public Fr Delta => _secrets[3];

    public Fr Tau => _secrets[4];

    public static ToxicWaste Draw() => new();

    public void Dispose() => _secrets.Dispose();
}
