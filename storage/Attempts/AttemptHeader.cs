namespace Federation.Storage.Attempts;

/// <summary>What an attempt's folder says of it from the first moment on: the order that it belongs to.</summary>
internal sealed record AttemptHeader(uint Order)
{
    public const string FileName = "attempt.json";
}
