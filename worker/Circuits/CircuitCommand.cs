using System.CommandLine;
using System.Text.Json;
using Federation.Hosting;
using Federation.Proofs;
using Federation.Proofs.Circuits;
using Federation.Proofs.Constraints;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Worker.Circuits;

/// <summary>
/// <c>worker circuit digest</c>: what a circuit counts, and a digest of all its constraints, by which two
/// implementations are compared.
/// </summary>
public static class CircuitCommand
{
    /// <summary>The command, to be added to the program's root.</summary>
    public static Command Create() => new("circuit", "look at the circuits of Groth16 proofs") { Digest() };

    private static Command Digest()
    {
        var circuit = new Option<string>("--circuit") { Description = "porep, window or winning", Required = true };
        var sectorSize = new Option<string>("--sector-size") { Description = "sector size: 2KiB", Required = true };
        var outline = new Option<bool>("--outline")
        {
            Description = "print instead, separated by tabs, the parts of the stream: name, first constraint, "
                + "constraints, auxiliary variables, first 8 bytes of the part's SHA-256",
        };
        var command = new Command(
            "digest",
            "print as JSON the circuit's numbers of constraints, inputs and auxiliary variables and the SHA-256 of all "
                + "its constraints in order")
        {
            circuit,
            sectorSize,
            outline,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var description = Describe(parsed.GetRequiredValue(circuit), parsed.GetRequiredValue(sectorSize));
            var withOutline = parsed.GetValue(outline);
            var progress = new ProgressLines(
                parsed.InvocationConfiguration.Error, "worker circuit digest", TimeProvider.System);
            var digest = CircuitDigest.Compute(description, withOutline, progress.Report, cancellationToken);
            Write(digest, withOutline, parsed.InvocationConfiguration.Output);
            return Task.FromResult(0);
        });
        return command;
    }

    private static ICircuit Describe(string circuit, string sectorSize)
    {
        try
        {
            return CircuitDescriptions.Of(new CircuitId(CircuitId.ParseKind(circuit), SectorShape.Parse(sectorSize)));
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new OperatorException(error.Message, "'worker circuit digest --help' tells what it takes", error);
        }
    }

    private static void Write(CircuitDigest digest, bool withOutline, TextWriter output)
    {
        if (!withOutline)
        {
            var (constraints, inputs, aux) = digest.Size;
            output.WriteLine(JsonSerializer.Serialize(new { constraints, inputs, aux, sha256 = digest.Sha256 }));
            return;
        }

        foreach (var entry in digest.Outline)
        {
            output.WriteLine(entry);
        }
    }
}
