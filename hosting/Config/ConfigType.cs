namespace Federation.Hosting.Config;

/// <summary>How one kind of setting is read, checked and written.</summary>
/// <typeparam name="T">What the program gets.</typeparam>
public abstract class ConfigType<T>
{
    /// <summary>The kind's name in the commented default file, such as <c>Duration</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Reads and checks a value; returns null, or what it must be: "must be an integer from 1 to 9".</summary>
    public abstract string? Read(ConfigInput input, out T? value);

    /// <summary>Writes a value in TOML's notation.</summary>
    public abstract string Write(T value);
}
