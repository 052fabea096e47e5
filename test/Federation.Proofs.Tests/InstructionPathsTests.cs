using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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
        var field = Avx512DQ.IsSupported ? "8 lanes, AVX-512" : Avx2.IsSupported && Fma.IsSupported ? "4 lanes, AVX2"
            : "scalar";
        Assert.StartsWith(field, chosen["Field and Poseidon"]);
        Assert.Matches("^(libcrypto(, SHA-NI)?|scalar)$", chosen["Labels of one sector"]);
    }
}
