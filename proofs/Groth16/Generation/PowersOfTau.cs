using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Federation.Proofs.Fft;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Groth16.Generation;

/// <summary>The scalars tau^i · (tau^m - 1) / delta; what they are made from is wiped when disposed.</summary>
internal sealed class PowersOfTau : IDisposable
{
    private readonly Fr[] _tauAndFactor = GC.AllocateArray<Fr>(2, pinned: true);

    public PowersOfTau(FftDomain domain, ToxicWaste secrets)
    {
        _tauAndFactor[0] = secrets.Tau;
        _tauAndFactor[1] = LagrangeValues.VanishingAt(domain, secrets.Tau) * secrets.Delta.Inverse();
    }

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

    public void Dispose() => CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_tauAndFactor.AsSpan()));
}
