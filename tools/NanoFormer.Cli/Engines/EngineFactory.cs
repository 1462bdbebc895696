using System.CommandLine;
using NanoFormer.Emulator;
using NanoFormer.Interop;

namespace NanoFormer.Cli.Engines;

/// <summary>The places a model can run: <c>--core cortex-m4|cortex-m7|host|reference</c>.</summary>
internal static class EngineFactory
{
    /// <summary>The C engine as a library of this machine.</summary>
    public const string Host = "host";

    /// <summary>The C# executor: slow, but needs no C compiler.</summary>
    public const string Reference = "reference";

    /// <summary>The option <c>--core</c>.</summary>
    public static Option<string> Option(string defaultCore)
    {
        var option = new Option<string>("--core")
        {
            Description = $"Where the model runs: an emulated core (cortex-m4, cortex-m7), the C engine on this machine ({Host}), "
                + $"or the C# executor ({Reference}), which needs no C compiler.",
            DefaultValueFactory = _ => defaultCore,
        };
        return option.AcceptOnlyFromAmong([.. CoreTarget.All.Select(core => core.Name), Host, Reference]);
    }

    /// <summary>The emulated core of a name; null for the other places.</summary>
    public static CoreTarget? Emulated(string core) => CoreTarget.All.FirstOrDefault(target => target.Name == core);

    /// <summary>Opens an image on a core.</summary>
    /// <exception cref="TransformerException">The engine refuses the image.</exception>
    public static ITransformerEngine Open(string core, byte[] image) => core switch
    {
        Host => new HostEngine(image),
        Reference => new ReferenceEngine(image),
        _ => new EmulatedCore(image, Emulated(core) ?? throw new ArgumentException($"There is no core '{core}'.", nameof(core))),
    };

    /// <summary>The native path beside a core: the C that ships, or its C# twin where no C compiler is wanted.</summary>
    public static ICaptureSource Capture(string core, CaptureSettings settings, ICapturePort port) =>
        core == Reference ? new ReferenceCapture(settings, port) : new HostCapture(settings, port);
}
