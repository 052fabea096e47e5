using System.Text.Json.Serialization;

namespace Federation.Chain.Devnet;

/// <summary>One record of the devnet's log: what happened, in order. The state is what they add up to.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(GenesisRecord), "genesis")]
[JsonDerivedType(typeof(ResumeRecord), "resume")]
[JsonDerivedType(typeof(PushRecord), "push")]
[JsonDerivedType(typeof(RefusalRecord), "refusal")]
[JsonDerivedType(typeof(BlockRecord), "block")]
internal abstract record DevnetRecord;

/// <summary>First record: the network's constants, its secret and the wall clock of epoch 0.</summary>
internal sealed record GenesisRecord(int Version, byte[] Secret, long GenesisUnixMs, DevnetOptions Options)
    : DevnetRecord
{
    public const int CurrentVersion = 1;
}

/// <summary>A start after the first; epochs between the head and it are null rounds.</summary>
internal sealed record ResumeRecord(long Epoch, long GenesisUnixMs) : DevnetRecord;

/// <summary>A message taken into the pool. Pushed again, it is counted again.</summary>
internal sealed record PushRecord(long Epoch, byte[] Message) : DevnetRecord;

/// <summary>A message refused.</summary>
internal sealed record RefusalRecord(long Epoch, byte[] Message, int ExitCode, string Reason) : DevnetRecord;

/// <summary>A block with messages. Empty blocks follow from the clock and are not written.</summary>
internal sealed record BlockRecord(long Epoch, IReadOnlyList<BlockReceipt> Receipts) : DevnetRecord;

/// <summary>One message of a block.</summary>
internal sealed record BlockReceipt(string Message, int ExitCode, string? Error);
