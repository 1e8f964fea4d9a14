using System.Globalization;

namespace NsgFlow.Simulator;

/// <summary>What the command line says.</summary>
internal sealed class CommandLine
{
    public int Port { get; private set; }

    public string World { get; private set; } = "sample";

    public string? BlobEndpoint { get; private set; }

    public string? BlobKey { get; private set; }

    public string? CaFile { get; private set; }

    public string? PemFolder { get; private set; }

    public bool UntilInputEnds { get; private set; }

    /// <summary>Null when something in it is not known.</summary>
    public static CommandLine? Read(string[] args)
    {
        var line = new CommandLine();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--until-input-ends")
            {
                line.UntilInputEnds = true;
            }
            else if (i + 1 >= args.Length || !line.Set(args[i], args[++i]))
            {
                return null;
            }
        }

        return line;
    }

    private bool Set(string name, string value)
    {
        switch (name)
        {
            case "--port" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port):
                Port = port;
                return true;
            case "--world" when value is "sample" or "many":
                World = value;
                return true;
            case "--blob-endpoint":
                BlobEndpoint = value;
                return true;
            case "--blob-key":
                BlobKey = value;
                return true;
            case "--ca":
                CaFile = value;
                return true;
            case "--pem":
                PemFolder = value;
                return true;
            default:
                return false;
        }
    }
}
