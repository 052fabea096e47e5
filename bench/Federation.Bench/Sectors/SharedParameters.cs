using System.Globalization;
using Federation.Bench.Figures;
using Federation.Proofs.Circuits;
using Federation.Proofs.Groth16.Generation;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Bench.Sectors;

/// <summary>
/// Groth16 parameters of a circuit: those of the environment's parameter cache, or else test parameters, made once in a
/// folder of their own and kept for the next run.
/// </summary>
internal static class SharedParameters
{
    private const double Step = 0.1;

    /// <summary>The folder that has them; makes them where they are missing.</summary>
    public static ParameterCache Require(
        CircuitId circuit, FigureContext context, CancellationToken cancellationToken)
    {
        var named = ParameterSettings.Read(Environment.GetEnvironmentVariable).Cache;
        if (Has(named, circuit))
        {
            return named;
        }

        var own = new ParameterCache(context.ParameterDirectory);
        if (!Has(own, circuit))
        {
            Make(circuit, own, context, cancellationToken);
        }

        return own;
    }

    private static bool Has(ParameterCache cache, CircuitId circuit) =>
        cache.Inspect(circuit, ParameterFile.Parameters).State != ParameterState.Missing;

    private static void Make(
        CircuitId circuit, ParameterCache cache, FigureContext context, CancellationToken cancellationToken)
    {
        context.Progress($"making test parameters of {circuit} in {cache.Directory}, once");
        var told = 0.0;
        ParameterGenerator.Generate(
            circuit,
            CircuitDescriptions.Of(circuit),
            cache.Directory,
            context.Threads,
            done =>
            {
                if (done >= told + Step)
                {
                    told = done;
                    context.Progress(string.Create(CultureInfo.InvariantCulture, $"{circuit}: {done:0 %}"));
                }
            },
            cancellationToken);
    }
}
