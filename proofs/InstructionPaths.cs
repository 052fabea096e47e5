using System.Runtime.Intrinsics.X86;
using Federation.Proofs.ChaCha;
using Federation.Proofs.Fields;
using Federation.Proofs.Labels;
using Federation.Proofs.Sha256;

namespace Federation.Proofs;

/// <summary>The implementations that this machine's instructions allow and this library therefore uses.</summary>
public static class InstructionPaths
{
    /// <summary>One for each kind of work that has several.</summary>
    public static IReadOnlyList<InstructionPath> Chosen =>
    [
        new("SHA-256 of nodes and pieces", Lanes(Lanes16.IsSupported, Lanes8.IsSupported, Lanes4.IsSupported)),
        new("Labels of one sector", LabelChain()),
        new("Labels of several sectors", Lanes(Lanes16.IsSupported, Lanes8.IsSupported, Lanes4.IsSupported)),
        new("Field and Poseidon", Field()),
        new("Parents", Lanes(LaneWords16.IsSupported, LaneWords8.IsSupported, LaneWords4.IsSupported)),
    ];

    private static string Lanes(bool sixteen, bool eight, bool four) =>
        sixteen ? "16 lanes, AVX-512"
        : eight ? "8 lanes, AVX2"
        : four ? $"4 lanes, {(Sse2.IsSupported ? "SSE" : "NEON")}"
        : "scalar";

    private static string LabelChain() => BlockHasher.Best switch
    {
        LabelKernel.LibCrypto => HasShaExtensions() ? "libcrypto, SHA-NI" : "libcrypto",
        _ => "scalar",
    };

    private static string Field() => FieldPaths.Best switch
    {
        FieldPath.Avx512 => "8 lanes, AVX-512 FMA on 52-bit limbs",
        FieldPath.Avx2 => "4 lanes, AVX2 and FMA on 52-bit limbs",
        _ => Bmi2.X64.IsSupported ? "scalar, BMI2" : "scalar",
    };

    /// <summary>Leaf 7 of CPUID, bit 29 of EBX; .NET has no name for these instructions.</summary>
    private static bool HasShaExtensions() =>
        X86Base.IsSupported && X86Base.CpuId(0, 0).Eax >= 7 && ((X86Base.CpuId(7, 0).Ebx >> 29) & 1) != 0;
}
