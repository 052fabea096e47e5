using System.Runtime.Intrinsics;

namespace Federation.Proofs.Tests;

public sealed class InstructionPathsTests
{
    [Fact]
    public void Chosen_ThisMachine_FollowsTheInstructionsThatAreOn()
    {
        var chosen = InstructionPaths.Chosen.ToDictionary(one => one.Work, one => one.Path);
        var lanes = Vector512.IsHardwareAccelerated ? "16 lanes, AVX-512"
            : Vector256.IsHardwareAccelerated ? "8 lanes, AVX2"
            : Vector128.IsHardwareAccelerated ? "4 lanes, "
            : "scalar";

        Assert.StartsWith(lanes, chosen["SHA-256 of nodes and pieces"]);
        Assert.StartsWith(lanes, chosen["Parents"]);
        Assert.Equal(
            System.Runtime.Intrinsics.X86.Avx512DQ.IsSupported, chosen["Field and Poseidon"].Contains("AVX-512"));
        Assert.Matches("^(libcrypto(, SHA-NI)?|scalar)$", chosen["Labels of one sector"]);
    }
}
