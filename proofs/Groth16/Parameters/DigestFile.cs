namespace Federation.Proofs.Groth16.Parameters;

/// <summary>
/// The file <c>NAME.sha256</c> beside a generated one, in the form of <c>sha256sum</c>: it tells later whether the file
/// is still what was generated.
/// </summary>
internal static class DigestFile
{
    private const int Digits = 64;

    public static string PathOf(string path) => path + ".sha256";

    /// <summary>The digest recorded beside a file; null where none is.</summary>
    /// <exception cref="ParameterFileException">The record is no digest.</exception>
    public static string? Read(string path)
    {
        if (!File.Exists(PathOf(path)))
        {
            return null;
        }

        var text = File.ReadAllText(PathOf(path));
        return text.Length >= Digits && text[..Digits].All(char.IsAsciiHexDigitLower)
            ? text[..Digits]
            : throw new ParameterFileException(path, $"{PathOf(path)} does not begin with a SHA-256");
    }

    /// <summary>Records a digest beside a file; an older record is never overwritten.</summary>
    public static void Write(string path, string digest)
    {
        using var file = new FileStream(PathOf(path), FileMode.CreateNew, FileAccess.Write);
        file.Write(System.Text.Encoding.UTF8.GetBytes($"{digest}  {Path.GetFileName(path)}\n"));
        file.Flush(flushToDisk: true);
    }
}
