using Federation.Proofs.Groth16;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Proofs.Tests.Groth16;

public sealed class CircuitKeyTests : IDisposable
{
    private static readonly CircuitId Window = new(CircuitKind.WindowPost, SectorShape.Parse("2KiB"));

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_TestKey_IsForADevnetOnly()
    {
        var cache = Write(ProofVector.KeyBytes("window-2KiB"));

        var key = CircuitKey.Read(cache, Window, ParameterPolicy.Devnet);

        Assert.Equal(ParameterOrigin.TestParameters, key.Origin);
        Assert.Equal(ProofVector.KeyBytes("window-2KiB"), key.Key.ToBytes());
        Assert.Contains(
            "only a devnet",
            Assert.Throws<ParameterFileException>(
                () => CircuitKey.Read(cache, Window, ParameterPolicy.Production)).Reason);
    }

    [Fact]
    public void Read_NoFile_NamesIt()
    {
        var cache = new ParameterCache(_folder.Path);

        Assert.Contains(
            Window.VerifyingKeyName,
            Assert.Throws<MissingParametersException>(
                () => CircuitKey.Read(cache, Window, ParameterPolicy.Devnet)).Message);
    }

    [Theory]
    [InlineData(100, "its verifying key is damaged: beta in G1: The bytes are not a point of G1")]
    [InlineData(864, "it is cut off: it ends at 3076, within section ic")]
    [InlineData(867, "its verifying key is for 21 public inputs, but WindowPost 2KiB has 22")]
    public void Read_OneBitFlipped_IsRefusedWithItsReason(int at, string reason)
    {
        var bytes = ProofVector.KeyBytes("window-2KiB");
        bytes[at] ^= 1;
        var cache = Write(bytes);

        Assert.StartsWith(
            reason,
            Assert.Throws<ParameterFileException>(
                () => CircuitKey.Read(cache, Window, ParameterPolicy.Devnet)).Reason);
    }

    private ParameterCache Write(byte[] key)
    {
        var cache = new ParameterCache(_folder.Path);
        File.WriteAllBytes(cache.PathOf(Window, ParameterFile.VerifyingKey), key);
        return cache;
    }
}
