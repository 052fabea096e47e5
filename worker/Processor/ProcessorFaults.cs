using Federation.Worker.Phases;

namespace Federation.Worker.Processor;

/// <summary>Words for what a task failed of. A processor may leave them out.</summary>
internal static class ProcessorFaults
{
    public const string InvalidInput = "invalid_input", Storage = "storage";

    public static string? Of(PhaseFault fault) => fault switch
    {
        PhaseFault.InvalidInput => InvalidInput,
        PhaseFault.Storage => Storage,
        _ => null,
    };

    public static PhaseFault Read(string? word) => word switch
    {
        InvalidInput => PhaseFault.InvalidInput,
        Storage => PhaseFault.Storage,
        _ => PhaseFault.Prover,
    };
}
