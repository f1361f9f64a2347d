using Inkling.App.Commands;

namespace Inkling.App.Tests;

public sealed class CatalogueTests
{
    [Fact]
    public void Every_command_file_is_in_the_catalogue_under_its_own_name_and_has_examples()
    {
        List<AppCommand> listed = [.. Catalogue.CreateAll()];

        Assert.Equal(Catalogue.Names, listed.Select(command => command.Name));
        Assert.Equal(
            typeof(AppCommand).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(AppCommand)) && !type.IsAbstract).Select(type => type.Name).Order(),
            listed.Select(command => command.GetType().Name).Order());
        Assert.All(listed, command => Assert.NotEmpty(command.Examples));
    }
}
