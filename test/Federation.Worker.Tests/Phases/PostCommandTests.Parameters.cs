using Federation.Proofs;
using Federation.Proofs.Circuits;
using Federation.Proofs.Groth16.Generation;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Worker.Tests.Phases;

// Parameter files that are not what their name says.
public sealed partial class PostCommandTests
{
    private const int KeySize = 3076, PointSize = 96;

    [Fact]
    public async Task Wdp_BadParameterFile_IsRefusedWithItsReason()
    {
        await SealBothAsync();
        var circuit = new CircuitId(CircuitKind.WindowPost, SectorShape.Parse("2KiB"));
        var folder = Path.Combine(_folder, "params");
        ParameterGenerator.Generate(circuit, CircuitDescriptions.Of(circuit), folder, 2, null, default);
        var path = Path.Combine(folder, circuit.ParametersName);
        var good = await File.ReadAllBytesAsync(path);
        File.Delete(path + ".sha256");
        foreach (var (bad, formTells, reason) in new (byte[], bool, string)[]
        {
            ([], true, "it is cut off: it ends at 0, before section ic"),
            (good[..^1], true, $"it is cut off: it ends at {good.Length - 1}, within section b_g2"),
            ([.. good, 0], true, "it has 1 bytes behind its last section"),
            (
                [.. File.ReadAllBytes(Golden("groth16/porep-2KiB.vk")), .. good[KeySize..]], true,
                "is for 39 public inputs"
            ),
            (Altered(bytes => bytes[100] ^= 1), false, "its verifying key is damaged: beta in G1"),
            (Altered(bytes => bytes[KeySize + 4 + 40] ^= 1), false, "point 0 of its section h is damaged"),
            (Altered(Exchange), false, "its points are not those of its verifying key"),
        })
        {
            await File.WriteAllBytesAsync(path, bad);

            var (code, _, error) = await RunAsync($"wdp {Window} --params-dir @params");

            Assert.Equal(1, code);
            var lines = error.Trim().Split('\n');
            Assert.Equal(formTells ? 3 : 2, lines.Length);
            Assert.Contains($"parameter file {path} is refused: ", lines[0]);
            Assert.Contains(reason, lines[0]);
            Assert.Contains("worker params check", lines[1]);
        }

        await File.WriteAllBytesAsync(path, good);
        var key = Path.Combine(folder, circuit.VerifyingKeyName);
        File.Copy(Golden("groth16/window-2KiB.vk"), key, overwrite: true);
        Assert.Contains(
            $"its verifying key is not the one in {key}", (await RunAsync($"wdp {Window} --params-dir @params")).Error);

        byte[] Altered(Action<byte[]> alter)
        {
            byte[] bytes = [.. good];
            alter(bytes);
            return bytes;
        }
    }

    // The first two points of section h.
    private static void Exchange(byte[] bytes)
    {
        var points = bytes.AsSpan(KeySize + sizeof(uint), 2 * PointSize);
        byte[] first = [.. points[..PointSize]];
        points[PointSize..].CopyTo(points);
        first.CopyTo(points[PointSize..]);
    }
}
