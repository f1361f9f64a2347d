// The one program: `inkling COMMAND`. See Commands/Catalogue.cs for what it can do.
return await Inkling.App.CommandLine.RunAsync(args).ConfigureAwait(false);
