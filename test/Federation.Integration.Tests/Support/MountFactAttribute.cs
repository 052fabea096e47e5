using System.Runtime.InteropServices;

namespace Federation.Integration.Tests.Support;

/// <summary>A test that mounts a tiny file system of its own; skipped by name where that is not allowed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MountFactAttribute : FactAttribute
{
    public MountFactAttribute()
    {
        if (!TinyMount.IsAllowed)
        {
            Skip = $"tmpfs cannot be mounted by {Environment.UserName} on {RuntimeInformation.OSDescription}";
        }
    }
}
