using Federation.Proofs;
using Federation.Proofs.Circuits;
using Federation.Proofs.Constraints;
using Federation.Proofs.Fft;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Launcher.Parameters;

/// <summary>What sealing with Groth16 proofs needs to be there: the PoRep parameters of one sector size.</summary>
/// <param name="Circuit">Their circuit.</param>
/// <param name="Bytes">How much their files take, at most.</param>
/// <param name="CanBeMade">Whether test parameters are made in minutes.</param>
internal sealed record ParameterNeed(CircuitId Circuit, long Bytes, bool CanBeMade)
{
    /// <summary>
    /// Up to 1 GiB a sector is proved by one circuit of at most 4.6 million rows; from 32 GiB on it has 130 million.
    /// </summary>
    private const int MostRows = 1 << 23;

    /// <summary>
    /// A variable is in A or B, or both, at 96 bytes in A and 288 in B: 169 a variable were seen, for 2 KiB and 8 MiB.
    /// </summary>
    private const int QueryBytesPerVariable = 192;

    /// <summary>What sectors of a size need.</summary>
    /// <param name="sectorSize">Its name, e.g. 2KiB.</param>
    public static ParameterNeed Of(string sectorSize)
    {
        var circuit = new CircuitId(CircuitKind.PoRep, SectorShape.Parse(sectorSize));
        var size = CountingSystem.Count(CircuitDescriptions.Of(circuit));
        var bytes = (ParameterLayout.G1Size * (FftDomain.AtLeast(size.Constraints).Size + (long)size.Aux))
            + (QueryBytesPerVariable * (long)size.Aux);
        return new ParameterNeed(circuit, bytes, size.Constraints <= MostRows);
    }

    /// <summary>As people say it: <c>PoRep 2KiB</c>.</summary>
    public override string ToString() => Circuit.ToString();
}
