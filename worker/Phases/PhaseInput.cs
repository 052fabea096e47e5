using System.CommandLine;
using System.Globalization;
using Federation.Hosting.Units;
using Federation.Proofs;
using Federation.Proofs.Commitments;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Worker.Phases;

/// <summary>
/// Turns what was typed into tasks; what is wrong is a <see cref="PhaseException"/> that names the option.
/// </summary>
internal sealed partial class PhaseInput(PhaseOptions options, ParseResult parsed)
{
    private const string ParentCacheVariable = "FIL_PROOFS_PARENT_CACHE";

    private const string VerifyCacheVariable = "FIL_PROOFS_VERIFY_CACHE";

    public PhaseOptions Options => options;

    public PhaseSector Sector() => new(Config(), MinerId(), parsed.GetValue(options.Sector));

    /// <summary>Tells whoever waits how far the phase is.</summary>
    public IProgress<PhaseProgress> Progress { get; } = new ProgressLines(
        parsed.InvocationConfiguration.Error,
        $"worker phase {parsed.CommandResult.Command.Name}",
        TimeProvider.System);

    public Bytes32 ProverId() => Proofs.ProverId.FromActorId(MinerId());

    public SealOptions SealOptions()
    {
        var result = new SealOptions
        {
            ParentCacheDirectory = parsed.GetValue(options.ParentCache)
                ?? Environment.GetEnvironmentVariable(ParentCacheVariable),
            VerifyParentCache = ParameterSettings.IsSet(Environment.GetEnvironmentVariable(VerifyCacheVariable)),
            MapLayers = parsed.GetValue(options.MapLayers),
        };
        if (parsed.GetValue(options.Memory) is { } memory)
        {
            result = ByteSize.TryParse(memory, out var size) && size.Bytes >= Proofs.SealOptions.MinimumMemoryBytes
                ? result with { MemoryBytes = size.Bytes }
                : throw Wrong($"--memory {memory} is not a size of at least 32MiB, such as 1GiB");
        }

        if (parsed.GetValue(options.Threads) is { } threads)
        {
            result = threads >= 1
                ? result with { Threads = threads }
                : throw Wrong($"--threads {threads} is not at least 1");
        }

        return result;
    }

    public T Value<T>(Option<T> option) => parsed.GetValue(option)!;

    public string Text(Option<string?> option) => parsed.GetValue(option) ?? throw Wrong($"{option.Name} is missing");

    public Bytes32 Hex(Option<string?> option) => OptionalHex(option) ?? throw Wrong($"{option.Name} is missing");

    public Bytes32? OptionalHex(Option<string?> option) => parsed.GetValue(option) is not { } text ? null
        : Bytes32.TryParseHex(text, out var value) ? value
        : throw Wrong($"{option.Name} \"{text}\" is malformed: 64 hexadecimal digits are needed");

    public Bytes32 CommitmentOf(Option<string?> option, CommitmentKind kind) =>
        OptionalCommitment(option, kind) ?? throw Wrong($"{option.Name} is missing");

    public Bytes32? OptionalCommitment(Option<string?> option, CommitmentKind kind) =>
        parsed.GetValue(option) is not { } text ? null
        : Commitment.TryParse(text, out var cid) && cid.Kind == kind ? cid.Value
        : Bytes32.TryParseHex(text, out var value) ? value
        : throw Wrong($"{option.Name} \"{text}\" is malformed: 64 hexadecimal digits or a CID ({kind}) are needed");

    private static PhaseException Wrong(string message) => new(PhaseFault.InvalidInput, message);

    private SealConfig Config()
    {
        string?[] shapeOptions =
        [
            parsed.GetValue(options.SectorSize),
            parsed.GetValue(options.PoRepId),
            parsed.GetValue(options.ApiVersion),
            parsed.GetValue(options.Feature),
        ];
        try
        {
            if (parsed.GetValue(options.ProofType) is { } number)
            {
                return shapeOptions.All(value => value is null)
                    ? SealConfig.FromRegistered(number)
                    : throw Wrong(
                        "--proof-type says it all: leave out --sector-size, --porep-id, --api-version and --feature");
            }

            var shape = SectorShape.Parse(
                shapeOptions[0] ?? throw Wrong("--proof-type, or --sector-size with --porep-id, is missing"));
            return SealConfig.Create(shape.SectorSize, Hex(options.PoRepId), Version(), FeatureOf());
        }
        catch (ArgumentException wrong)
        {
            throw new PhaseException(PhaseFault.InvalidInput, wrong.Message, wrong);
        }
    }

    private ApiVersion Version() => KnownVersion(parsed.GetValue(options.ApiVersion))
        ?? throw Wrong(
            $"--api-version \"{parsed.GetValue(options.ApiVersion)}\" is unknown: 1.0, 1.1 or 1.2 are known");

    private static ApiVersion? KnownVersion(string? text) => text switch
    {
        "1.0" or "1.0.0" => Proofs.ApiVersion.V1_0,
        "1.1" or "1.1.0" => Proofs.ApiVersion.V1_1,
        "1.2" or "1.2.0" => Proofs.ApiVersion.V1_2,
        _ => null,
    };

    private PoRepFeature FeatureOf() => parsed.GetValue(options.Feature) switch
    {
        null => PoRepFeature.Interactive,
        "synthetic" => PoRepFeature.Synthetic,
        "ni" => PoRepFeature.NonInteractive,
        var other => throw Wrong($"--feature \"{other}\" is unknown: synthetic or ni are known"),
    };

    private ulong MinerId()
    {
        var text = parsed.GetValue(options.Miner)!;
        return text is ['t' or 'f', '0', _, ..]
            && ulong.TryParse(text.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw Wrong($"--miner \"{text}\" is malformed: an id address such as t01000 is needed");
    }
}
