"""click in Chinese: headings of the help, and errors mapped to exit codes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from zoneeval_cli import errors, output


class Command(click.Command):
    """A command whose help is in Chinese."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[选项]")
        super().__init__(*args, **kwargs)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        _usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        _options(self, ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help` with a Chinese text."""
        return _chinese_help(super().get_help_option(ctx))


class Group(click.Group):
    """A group of commands whose help is in Chinese."""

    command_class = Command

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[选项]")
        kwargs.setdefault("subcommand_metavar", "命令 …")
        super().__init__(*args, **kwargs)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        _usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options and the commands."""
        _options(self, ctx, formatter)
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                rows.append((name, command.short_help or (command.help or "").split("\n")[0]))
        with formatter.section("命令"):
            formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help` with a Chinese text."""
        return _chinese_help(super().get_help_option(ctx))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the work, not of the alphabet."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; one that does not exist is the user's mistake."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            known = "、".join(self.list_commands(ctx))
            raise click.UsageError(f"没有“{args[0]}”这个命令，可用的有：{known}", ctx)
        return super().resolve_command(ctx, args)


class Program(Group):
    """The whole command: ends with the exit codes of the contract, never a traceback."""

    def main(self, args: Sequence[str] | None = None, *_: Any, **__: Any) -> NoReturn:
        """Run the command line and end the process."""
        output.use_utf8()
        words = list(sys.argv[1:] if args is None else args)
        sys.exit(self._run(words))

    def _run(self, words: list[str]) -> int:
        as_json = "--json" in words
        try:
            try:
                with self.make_context("zoneeval", list(words)) as ctx:
                    self.invoke(ctx)
                code = errors.GOOD
            except (output.ReaderGone, BrokenPipeError):
                raise
            except (Exception, KeyboardInterrupt) as error:
                code = errors.tell(error, as_json=as_json)
            output.flush()
        except (output.ReaderGone, BrokenPipeError):
            output.abandon_output()
            return errors.GOOD
        return code


def _usage(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write_usage(ctx.command_path, pieces, prefix="用法：")


def _options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    rows = []
    for parameter in command.get_params(ctx):
        record = parameter.get_help_record(ctx)
        if record is not None and isinstance(parameter, click.Option):
            rows.append((record[0], record[1].replace("  [required]", "（必填）")))
    if rows:
        with formatter.section("选项"):
            formatter.write_dl(rows)


def _chinese_help(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "显示这段说明"
    return option
