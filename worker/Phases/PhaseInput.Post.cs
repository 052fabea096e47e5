using System.Globalization;
using Federation.Proofs.Groth16.Parameters;
using Federation.Proofs.Post;
using Federation.Proofs;

namespace Federation.Worker.Phases;

/// <summary>What was typed for a proof of spacetime.</summary>
internal sealed partial class PhaseInput
{
    /// <summary>Where a phase says what its result alone does not.</summary>
    public TextWriter Error => parsed.InvocationConfiguration.Error;

    /// <summary>Size and version; a registered number stands for both.</summary>
    public PostConfig Post(PostKind kind)
    {
        var version = parsed.GetValue(options.PostVersion);
        try
        {
            if (int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return Registered(kind, PostConfig.FromRegistered(number));
            }

            var shape = PostShape() ?? throw Wrong("--sector-size is missing");
            return PostConfig.Create(shape, kind, version is null ? Proofs.ApiVersion.V1_1 : PostVersion(version));
        }
        catch (ArgumentException wrong)
        {
            throw new PhaseException(PhaseFault.InvalidInput, wrong.Message, wrong);
        }
    }

    /// <summary>Where parameter files are, and which of them may be used.</summary>
    public ParameterSettings Parameters() =>
        ParameterSettings.Read(Environment.GetEnvironmentVariable, parsed.GetValue(options.ParametersDirectory));

    /// <summary>Proofs as typed.</summary>
    public byte[] Proof()
    {
        var text = Text(options.Proof);
        try
        {
            return Convert.FromHexString(text);
        }
        catch (FormatException wrong)
        {
            throw new PhaseException(
                PhaseFault.InvalidInput, "--proof is malformed: an even number of hexadecimal digits is needed", wrong);
        }
    }

    private static ApiVersion PostVersion(string text) => KnownVersion(text) ?? throw Wrong(
        $"--api-version \"{text}\" is unknown: 1.0, 1.1, 1.2 or a number from 0 to 14 are known");

    private PostConfig Registered(PostKind kind, PostConfig config)
    {
        if (config.Kind != kind)
        {
            throw Wrong($"--api-version {config.RegisteredPostProof} is a {config.Kind} PoSt, not a {kind} PoSt");
        }

        return PostShape() is not { } shape || shape == config.Shape
            ? config
            : throw Wrong($"--api-version {config.RegisteredPostProof} is of {config.Shape}, --sector-size is {shape}");
    }

    private SectorShape? PostShape() =>
        parsed.GetValue(options.SectorSize) is { } size ? SectorShape.Parse(size) : null;
}
