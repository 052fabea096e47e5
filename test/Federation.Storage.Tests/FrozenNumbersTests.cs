namespace Federation.Storage.Tests;

/// <summary>Names and numbers that reach disk or wire: a change here breaks what others have written.</summary>
public sealed class FrozenNumbersTests
{
    [Fact]
    public void SectorFileType_Numbers_AreLotusBits() => Assert.Equal(
        "None=0 Unsealed=1 Sealed=2 Cache=4 Update=8 UpdateCache=16 Piece=32",
        string.Join(' ', Enum.GetValues<SectorFileType>().Select(type => $"{type}={(int)type}")));

    [Fact]
    public void FolderNames_AreLotusNames() => Assert.Equal(
        "unsealed sealed cache update update-cache piece",
        string.Join(' ', SectorFileTypes.All.Select(type => type.FolderName())));

    [Fact]
    public void SealingPhase_Codes_AreFrozen() => Assert.Equal(
        "AP=1 PC1=2 PC2=3 C1=4 C2=5 FIN=6 GET=7 UNS=8 RM=9",
        string.Join(' ', SealingPhases.All.Select(phase => $"{phase.Code()}={(int)phase}")));
}
