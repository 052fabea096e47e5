namespace Federation.Integration.Tests.Support;

/// <summary>A sector's published files in whatever region sealed them, and ways to harm them.</summary>
public sealed class SectorFiles(TestFederation federation, ulong sector)
{
    private readonly string _name = $"s-t01000-{sector}";

    public string Layer(int number) => $"cache/{_name}/sc-02-data-layer-{number}.dat";

    public string TreeD => $"cache/{_name}/sc-02-data-tree-d.dat";

    public string Sealed => $"sealed/{_name}";

    /// <summary>The full path of a published file; null while no region has it.</summary>
    public string? Find(string file) =>
        federation.Regions.Select(region => Path.Combine(region.Storage, file)).FirstOrDefault(File.Exists);

    /// <summary>Waits for the file and harms it at once.</summary>
    public async Task HarmAsync(string file, Func<string, Task> harm, TimeSpan bound)
    {
        await Eventually.HoldsAsync(
            () => Task.FromResult(Find(file) is null ? $"no region has {file}" : null), bound, federation.Tails);
        await harm(Find(file)!);
    }

    public static Task DeleteAsync(string path)
    {
        File.Delete(path);
        return Task.CompletedTask;
    }

    /// <summary>Changes one bit of every node, so that whatever is read of it is wrong.</summary>
    public static async Task DamageAsync(string path)
    {
        var bytes = await File.ReadAllBytesAsync(path);
        for (var i = 0; i < bytes.Length; i += 32)
        {
            bytes[i] ^= 1;
        }

        await File.WriteAllBytesAsync(path, bytes);
    }

    public static async Task TruncateAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.SetLength(file.Length / 2);
    }
}
