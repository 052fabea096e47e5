using Federation.Hosting;
using Federation.Proofs;
using Federation.Proofs.Groth16.Parameters;
using Federation.Worker.Run;

namespace Federation.Worker.Tests.Run;

public sealed class Commit2OfferTests : IDisposable
{
    private const ulong Size = 2048;

    private static readonly string[] Phases = ["PC2", "C2", "C1"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_ParametersAreMissing_LeavesCommit2OutAndNamesTheFile()
    {
        var offer = Commit2Offer.Of(Phases, isAsked: false, Size, new ParameterCache(_folder.In("none")));

        Assert.Equal(["PC2", "C1"], offer.Phases);
        Assert.StartsWith("C2 is not offered: the parameter file of circuit PoRep 2KiB is missing: "
            + _folder.In("none"), offer.Missing, StringComparison.Ordinal);
        Assert.Null(offer.Origin);
    }

    [Fact]
    public void Of_ParametersAreMissingAndCommit2WasAskedFor_IsRefused()
    {
        var refused = Assert.Throws<OperatorException>(
            () => Commit2Offer.Of(["C2"], isAsked: true, Size, new ParameterCache(_folder.In("none"))));

        Assert.StartsWith("C2 cannot be offered: the parameter file of circuit PoRep 2KiB is missing: ",
            refused.Message, StringComparison.Ordinal);
        Assert.Contains("FIL_PROOFS_PARAMETER_CACHE", refused.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ParametersAreDamaged_SaysWhy()
    {
        var circuit = new CircuitId(CircuitKind.PoRep, SectorShape.FromSize((long)Size));
        Directory.CreateDirectory(_folder.In("params"));
        File.WriteAllBytes(Path.Combine(_folder.In("params"), circuit.ParametersName), new byte[100]);

        var offer = Commit2Offer.Of(Phases, isAsked: false, Size, new ParameterCache(_folder.In("params")));

        Assert.DoesNotContain("C2", offer.Phases);
        Assert.Contains("is refused", offer.Missing, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0UL, "C2")]
    [InlineData(Size, "PC2")]
    public void Of_NothingToLookFor_OffersWhatWasChosen(ulong sectorSize, string phase)
    {
        var offer = Commit2Offer.Of([phase], isAsked: true, sectorSize, new ParameterCache(_folder.In("none")));

        Assert.Equal([phase], offer.Phases);
        Assert.Null(offer.Missing);
    }
}
