using Federation.Proofs.Fft;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Groth16.Generation;

/// <summary>The scalars tau^i · (tau^m - 1) / delta; what they are made from is wiped when disposed.</summary>
internal sealed class PowersOfTau : IDisposable
{
    private readonly SecretScalars _tauAndFactor;

    public PowersOfTau(FftDomain domain, ToxicWaste secrets) => _tauAndFactor = new SecretScalars(
        secrets.Tau, LagrangeValues.VanishingAt(domain, secrets.Tau) * secrets.Delta.Inverse());

    /// <summary>Fills in the scalars from the given power on.</summary>
    public void Fill(long first, Span<Fr> scalars)
    {
        var (tau, factor) = (_tauAndFactor[0], _tauAndFactor[1]);
        var power = tau.PowVarTime((ulong)first) * factor;
        foreach (ref var scalar in scalars)
        {
            scalar = power;
            power *= tau;
        }
    }

    public void Dispose() => _tauAndFactor.Dispose();
}
