namespace Federation.Hosting.Repository;

/// <summary>Guards files that hold secrets.</summary>
public static class SecretFiles
{
    private const UnixFileMode OthersMask =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Refuses a secret that anyone but its owner may touch.</summary>
    /// <exception cref="OperatorException">The file's mode is wider than 0600.</exception>
    public static void RequirePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var mode = File.GetUnixFileMode(path);
        if ((mode & OthersMask) != 0)
        {
            throw new OperatorException(
                $"permissions of key: '{path}' are too relaxed: required: 0600, got: 0{Convert.ToString((int)mode, 8)}",
                $"run: chmod 600 {path}");
        }
    }
}
